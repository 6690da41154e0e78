package io.papi.service.answers;

import static org.assertj.core.api.Assertions.assertThat;

import io.papi.testing.TestClient;
import io.papi.testing.TestService;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an answer must not reveal, and what it must forbid a browser to do. */
@Timeout(120)
class SecurityIT {
  private static final List<String> PATHS =
      List.of(
          "/",
          "/test",
          "/test/page.js",
          "/test/datasets.json",
          "/test/queries.json",
          "/customer/1",
          "/customer/999999999",
          "/customer/x",
          "/nope");

  @Test
  void everyAnswer_namesNoServer_andIsNotSniffed() {
    try (TestService service = TestService.start(Map.of())) {
      for (String method : List.of("GET", "HEAD", "POST", "OPTIONS", "TRACE")) {
        for (String path : PATHS) {
          HttpResponse<String> answer = service.client().send(method, path);
          assertThat(answer.headers().map())
              .as("%s %s", method, path)
              .containsEntry("X-Content-Type-Options", List.of("nosniff"))
              .doesNotContainKeys("Server", "X-Powered-By", "Via", "Access-Control-Allow-Origin");
        }
      }
    }
  }

  @Test
  void page_andItsFiles_allowTheirOwnFilesAlone() {
    try (TestService service = TestService.start(Map.of())) {
      for (String path : List.of("/test", "/test/page.js", "/test/page.css", "/test/icon.svg")) {
        String policy =
            service
                .client()
                .get(path)
                .headers()
                .firstValue("Content-Security-Policy")
                .orElseThrow();
        assertThat(policy.split("; *"))
            .as(path)
            .contains(
                "default-src 'none'",
                "base-uri 'none'",
                "form-action 'none'",
                "frame-ancestors 'none'")
            .allMatch(part -> part.endsWith(" 'none'") || part.endsWith(" 'self'"))
            .allMatch(part -> part.split(" ").length == 2);
      }
    }
  }

  /** Neither Redis nor the account can be reached, so that there are errors to report. */
  @Test
  void secrets_areInNoAnswer() {
    Map<String, String> environment =
        Map.of(
            "PAPI_REDIS", "redis://papi:redis-secret@127.0.0.1:1",
            "PAPI_STORE", "snowflake",
            "PAPI_START_WAIT", "1s",
            "SNOWFLAKE_ACCOUNT", "account",
            "SNOWFLAKE_HOST", "127.0.0.1",
            "SNOWFLAKE_PORT", "1",
            "SNOWFLAKE_PROTOCOL", "http",
            "SNOWFLAKE_USER", "papi",
            "SNOWFLAKE_PASSWORD", "store-secret");
    try (TestService service = TestService.start(environment)) {
      TestClient client = service.client();
      for (String path : PATHS) {
        assertThat(whole(client.get(path))).as(path).doesNotContain("redis-secret", "store-secret");
      }
      assertThat(client.get("/customer/1").statusCode()).isEqualTo(503);
      for (String path : List.of("/health/live", "/health/ready", "/metrics", "/nope")) {
        assertThat(whole(client.admin(path)))
            .as(path)
            .doesNotContain("redis-secret", "store-secret");
      }
    }
  }

  private static String whole(HttpResponse<String> answer) {
    return answer.headers().map() + answer.body();
  }
}
