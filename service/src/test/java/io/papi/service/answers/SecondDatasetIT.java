package io.papi.service.answers;

import static org.assertj.core.api.Assertions.assertThat;

import io.papi.testing.TestService;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The example of a second dataset, which needs nothing but its file. */
class SecondDatasetIT {

  @Test
  void get_byTextKey_answersFromTheSameService() {
    try (TestService service =
        TestService.start(Map.of("PAPI_CONFIG", "examples/customer-by-code.conf"))) {
      var answer = service.client().get("/customer-by-code/AAAAAAAANFHAAAAA,nobody");
      assertThat(answer.body())
          .isEqualTo(
              "[{\"C_CUSTOMER_SK\":1885,\"C_EMAIL_ADDRESS\":\"Ernest.Fields@xRA0BP8IG.edu\"}]");
      assertThat(service.client().get("/customer-by-code/AAAAAAAANFHAAAAA").headers().map())
          .containsEntry("cache-control", List.of("private, max-age=60"));
      assertThat(service.client().get("/customer-by-code/aaaaaaaanfhaaaaa").body()).isEqualTo("[]");
      assertThat(service.client().get("/customer-by-code/AAAAAAAANFHAAAAAA").body())
          .contains("has 17 characters, the most are 16");
      assertThat(service.client().get("/customer/1885").statusCode()).isEqualTo(200);
      for (String id : List.of("a..b", "...", "..,a", "a,.", "a/b", "%2Fa", "%252e")) {
        assertThat(service.client().get("/customer-by-code/" + id).body()).as(id).isEqualTo("[]");
      }
      for (String id : List.of("..", ".", "%2e%2E", "a/../b", "a%2F..%2Fb", "..;a")) {
        assertThat(service.client().get("/customer-by-code/" + id).body())
            .as(id)
            .contains("\"status\":400", "a segment of the path is . or ..");
      }
    }
  }
}
