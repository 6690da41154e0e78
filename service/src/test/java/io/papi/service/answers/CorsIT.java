package io.papi.service.answers;

import static org.assertj.core.api.Assertions.assertThat;

import io.papi.testing.RawConnection;
import io.papi.testing.TestClient;
import io.papi.testing.TestService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What pages of other origins are granted, dataset by dataset. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CorsIT {
  private static final String SHOP = "Origin: https://shop.example";
  private static final String ASKS_BEFORE = "Access-Control-Request-Method: GET";

  private static final String CONFIGURATION =
      """
      datasets.customer.cors-origins = ["https://shop.example"]
      queries.numbers {
        paths = ["/numbers"]
        sql = "SELECT X AS n FROM SYSTEM_RANGE(1, 3)"
        cors-origins = "*"
      }
      queries.closed {
        paths = ["/closed"]
        sql = "SELECT X AS n FROM SYSTEM_RANGE(1, 3)"
      }
      """;

  private TestService service;
  private TestClient client;

  @BeforeAll
  void start(@TempDir Path files) throws Exception {
    Path file = Files.writeString(files.resolve("papi.conf"), CONFIGURATION);
    service = TestService.start(Map.of("PAPI_CONFIG", file.toString()));
    client = service.client();
  }

  @AfterAll
  void stop() {
    service.close();
  }

  private String ask(String method, String path, String... headers) {
    try (RawConnection caller = client.connect()) {
      caller.send(
          method
              + " "
              + path
              + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
              + String.join("\r\n", headers)
              + (headers.length > 0 ? "\r\n\r\n" : "\r\n"));
      return caller.readUntilClosed();
    }
  }

  @Test
  void get_allowedOrigin_isGranted_alsoAProblem() {
    assertThat(ask("GET", "/customer/1", SHOP))
        .startsWith("HTTP/1.1 200 ")
        .contains("Access-Control-Allow-Origin: https://shop.example\r\n")
        .containsPattern("Access-Control-Expose-Headers: [^\r]*Cache-Status[^\r]*X-Request-Id")
        .contains("Vary: Origin\r\n");
    assertThat(ask("GET", "/customer/x", SHOP))
        .startsWith("HTTP/1.1 400 ")
        .contains("Access-Control-Allow-Origin: https://shop.example\r\n");
  }

  @Test
  void get_anotherOrigin_orNone_isAnsweredWithoutAGrant() {
    for (String origin :
        new String[] {"Origin: https://evil.example", "Origin: null", "X-Nothing: at all"}) {
      assertThat(ask("GET", "/customer/1", origin))
          .startsWith("HTTP/1.1 200 ")
          .contains("Vary: Origin\r\n")
          .doesNotContain("Access-Control");
    }
  }

  @Test
  void get_anyOrigin_isGrantedToAll() {
    assertThat(ask("GET", "/numbers", "Origin: https://evil.example"))
        .startsWith("HTTP/1.1 200 ")
        .contains("Access-Control-Allow-Origin: *\r\n", "Vary: Accept\r\n")
        .doesNotContain("Vary: Origin");
  }

  @Test
  void get_noneConfigured_isGrantedToNobody() {
    assertThat(ask("GET", "/closed", SHOP))
        .startsWith("HTTP/1.1 200 ")
        .doesNotContain("Access-Control", "Vary: Origin");
    assertThat(ask("OPTIONS", "/closed", SHOP, ASKS_BEFORE)).startsWith("HTTP/1.1 405 ");
  }

  @Test
  void options_pathOfABody_allowsPostWithAMediaType() {
    assertThat(ask("OPTIONS", "/customer", SHOP, "Access-Control-Request-Method: POST"))
        .startsWith("HTTP/1.1 204 ")
        .contains("Access-Control-Allow-Methods: POST\r\n")
        .containsPattern("Access-Control-Allow-Headers: [^\r]*Content-Type");
    assertThat(ask("OPTIONS", "/customer", "Origin: https://evil.example", ASKS_BEFORE))
        .startsWith("HTTP/1.1 405 ")
        .doesNotContain("Access-Control");
  }

  @Test
  void options_allowedOrigin_isTheAnswerBefore() {
    assertThat(ask("OPTIONS", "/customer/1", SHOP, ASKS_BEFORE))
        .startsWith("HTTP/1.1 204 ")
        .contains("Access-Control-Allow-Origin: https://shop.example\r\n")
        .contains("Access-Control-Allow-Methods: GET, HEAD\r\n")
        .containsPattern("Access-Control-Allow-Headers: [^\r]*Authorization[^\r]*X-API-Key")
        .contains("Access-Control-Max-Age: 7200\r\n")
        .contains("Vary: Origin\r\n")
        .contains("X-Request-Id: ")
        .doesNotContain("Content-Length")
        .endsWith("\r\n\r\n");
  }

  @Test
  void options_otherwise_is405() {
    assertThat(ask("OPTIONS", "/customer/1", SHOP)).startsWith("HTTP/1.1 405 ");
    assertThat(ask("OPTIONS", "/customer/1", ASKS_BEFORE)).startsWith("HTTP/1.1 405 ");
    assertThat(ask("OPTIONS", "/customer/1", "Origin: https://evil.example", ASKS_BEFORE))
        .startsWith("HTTP/1.1 405 ")
        .contains("Allow: GET, HEAD\r\n")
        .doesNotContain("Access-Control");
  }
}
