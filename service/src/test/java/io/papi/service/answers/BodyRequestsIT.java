package io.papi.service.answers;

import static org.assertj.core.api.Assertions.assertThat;

import io.papi.testing.TestClient;
import io.papi.testing.TestService;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows that are asked for in a body, beside the same in a path. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BodyRequestsIT {
  private static final String JSON = "application/json";

  private TestService service;
  private TestClient client;

  @BeforeAll
  void start() {
    service =
        TestService.start(
            Map.of("PAPI_DATASETS_PRODUCT_ENABLED", "true", "PAPI_STORE_MAX_PENDING", "500"));
    client = service.client();
  }

  @AfterAll
  void stop() {
    service.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "/customer/3,1,2,3;{\"ids\":[3,1,\"2\",3]}",
        "/customer/1?shape=object;{\"ids\":[1],\"shape\":\"object\"}",
        "/customer/1,9999999?shape=map&fields=C_LOGIN,C_CUSTOMER_SK;{\"ids\":[1,9999999],\"shape\":\"map\",\"fields\":[\"C_LOGIN\",\"C_CUSTOMER_SK\"]}",
        "/customer/9999999;{\"ids\":[9999999],\"missing\":\"omit\"}",
      })
  void post_isTheSameAsGet_butForTheTag(String path, String body) {
    HttpResponse<String> got = client.get(path);
    HttpResponse<String> posted = client.postJson("/customer", body);
    assertThat(posted.statusCode()).isEqualTo(200);
    assertThat(posted.body()).isEqualTo(got.body());
    assertThat(got.headers().map()).containsKey("etag");
    assertThat(posted.headers().map())
        .doesNotContainKey("etag")
        .containsKeys("age", "cache-control", "cache-status", "x-request-id");
    assertThat(posted.headers().firstValue("Cache-Control"))
        .isEqualTo(got.headers().firstValue("Cache-Control"));
    assertThat(client.postJson("/customer", body, "If-None-Match", "*").statusCode())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{\"ids\":[007]};the body is not JSON (line 1, column 10)",
        "{\"ids\":[\"007\"]};id 1 (007) has a leading zero: write 7",
        "{\"ids\":[1,-0]};id 2 (-0) has a sign: write 0",
        "{\"ids\":[\"\"]};id 1 is empty",
        "{\"ids\":[]};ids is empty: write at least one",
        "{\"ids\":[\"1,2\"]};id 1 (1,2) is not a whole number",
        "{\"ids\":[1,2],\"shape\":\"object\"};shape=object takes one id, these are 2",
        "{\"ids\":[1],\"shape\":\"tree\"};shape is tree: write array, object or map",
        "{\"ids\":[1],\"fields\":[\"NO\"]};fields has NO",
        "{\"ids\":[1],\"missing\":\"default\"};missing cannot be default",
        "{\"ids\":[1],\"x\":1};the body has an unknown member",
      })
  void post_wrongBody_saysWhatAndWhere(String body, String detail) {
    int statements = client.statements();
    HttpResponse<String> answer = client.postJson("/customer", body);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("\"detail\":\"" + detail);
    assertThat(client.statements()).isEqualTo(statements);
  }

  @ParameterizedTest
  @CsvSource({
    "application/json,200",
    "Application/JSON,200",
    "application/json; charset=utf-8,200",
    "application/json;charset=\"UTF-8\",200",
    "application/json;,200",
    "application/json; charset=iso-8859-1,415",
    "application/jsonx,415",
    "application/json-patch+json,415",
    "text/plain,415",
    "text/plain; x=application/json,415",
    "application/x-www-form-urlencoded,415",
    "multipart/form-data,415",
    "'text/plain, application/json',415",
  })
  void post_needsAMediaTypeThatAFormCannotHave(String type, int status) {
    assertThat(client.post("/customer", "{\"ids\":[1]}", "Content-Type", type).statusCode())
        .isEqualTo(status);
  }

  @Test
  void post_withoutType_orWithACoding_is415() {
    assertThat(client.post("/customer", "{\"ids\":[1]}").statusCode()).isEqualTo(415);
    assertThat(
            client.postJson("/customer", "{\"ids\":[1]}", "Content-Encoding", "gzip").statusCode())
        .isEqualTo(415);
  }

  @Test
  void post_formInTheQueryString_isRefused_andWhatMeansNothingIsIgnored() {
    assertThat(client.postJson("/customer?shape=map", "{\"ids\":[1]}").body())
        .contains("shape is to stand in the body");
    assertThat(client.postJson("/customer?cb=7", "{\"ids\":[1]}").statusCode()).isEqualTo(200);
  }

  @Test
  void post_textIds_areTheTextItself() {
    assertThat(client.postJson("/product", "{\"ids\":[\"AAAAAAAABAAAAAAA\",\"a%2Cb\",7]}").body())
        .contains("\"I_ITEM_ID\":\"AAAAAAAABAAAAAAA\"");
    assertThat(client.postJson("/product", "{\"ids\":[\"\\ud800\"]}").body())
        .contains("half of a surrogate pair");
  }

  @Test
  void post_moreThanCanWaitTogether_isRefused() {
    assertThat(client.postJson("/customer", ids(500)).statusCode()).isEqualTo(200);
    assertThat(client.postJson("/customer", ids(501)).body()).contains("more than 500 ids");
  }

  @Test
  void otherMethods_are405_withAllow() {
    for (String method : new String[] {"GET", "HEAD", "PUT", "DELETE", "OPTIONS", "QUERY"}) {
      HttpResponse<String> answer = client.send(method, "/customer");
      assertThat(answer.statusCode()).as(method).isEqualTo(405);
      assertThat(answer.headers().firstValue("Allow")).hasValue("POST");
    }
    assertThat(client.send("POST", "/customer/1").statusCode()).isEqualTo(405);
  }

  @Test
  void post_isCountedUnderThePathOfItsRows() {
    client.postJson("/customer", "{\"ids\":[1]}");
    assertThat(
            client.metric(
                "http_server_requests_seconds_count",
                "uri=\"/customer/{ids}\"",
                "method=\"POST\"",
                "status=\"200\""))
        .isPositive();
  }

  @Test
  void post_withoutABody_isRefused() {
    assertThat(client.send("POST", "/customer", "Content-Type", JSON).body())
        .contains("the body is empty");
  }

  private static String ids(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(",", "{\"ids\":[", "]}"));
  }
}
