package io.papi.http.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.papi.testing.RawConnection;
import io.papi.testing.TestService;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests as browsers send them, and as nobody else does. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrowserGuardIT {
  private TestService service;

  @BeforeAll
  void start() {
    service = TestService.start(Map.of("PAPI_HOST_NAMES", "papi.example.com,*.apps.example"));
  }

  @AfterAll
  void stop() {
    service.close();
  }

  private static String status(
      RawConnection caller, String method, String path, String... headers) {
    try (caller) {
      caller.send(
          "%s %s HTTP/1.1\r\nConnection: close\r\n%s\r\n\r\n"
              .formatted(method, path, String.join("\r\n", headers)));
      String answer = caller.readUntilClosed();
      return answer.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length());
    }
  }

  private String get(String... headers) {
    return status(service.client().connect(), "GET", "/customer/1", headers);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Origin: https://evil.example",
        "Origin: null",
        "Sec-Fetch-Site: same-origin",
        "Sec-Fetch-Site: cross-site",
        "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
      })
  void browser_byAForeignName_isRefused_onBothPorts(String sign) {
    for (String host :
        new String[] {
          "evil.example", "evil.example:8001", "localhost.evil.example", "", "apps.example.evil"
        }) {
      assertThat(get("Host: " + host, sign)).as(host).isIn("421", "400");
    }
    assertThat(get("Host: evil.example", sign)).isEqualTo("421");
    assertThat(
            status(
                service.client().connectToAdmin(), "GET", "/metrics", "Host: evil.example", sign))
        .isEqualTo("421");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LOCALHOST:8001",
        "localhost.",
        "127.0.0.1:8001",
        "10.0.0.7",
        "[::1]:8001",
        "[fe80::1]",
        "papi.example.com",
        "Papi.Example.com:443",
        "one.apps.example"
      })
  void browser_byAnOwnName_isServed(String host) {
    assertThat(get("Host: " + host, "Sec-Fetch-Site: same-origin")).isEqualTo("200");
  }

  @Test
  void otherCaller_byAnyName_isServed() {
    assertThat(get("Host: evil.example")).isEqualTo("200");
    assertThat(get("Host: papi", "User-Agent: curl/8.5.0")).isEqualTo("200");
  }

  @ParameterizedTest
  @CsvSource({
    "Origin: http://localhost:8002, 200",
    "Origin: http://localhost, 403",
    "Origin: https://evil.example, 403",
    "Origin: null, 403",
    "Sec-Fetch-Site: same-origin, 200",
    "Sec-Fetch-Site: none, 200",
    "Sec-Fetch-Site: same-site, 403",
    "Sec-Fetch-Site: cross-site, 403",
    "User-Agent: curl/8.5.0, 200",
  })
  void change_byAPageOfAnotherSite_isRefused_onTheOperatorsPort(String sign, String expected) {
    RawConnection operator = service.client().connectToAdmin();
    assertThat(status(operator, "DELETE", "/cache/customer/1", "Host: localhost:8002", sign))
        .isEqualTo(expected);
  }

  @Test
  void read_byAPageOfAnotherSite_isAnswered_asABrowserGivesItToNobody() {
    assertThat(
            status(
                service.client().connectToAdmin(),
                "GET",
                "/status",
                "Host: localhost:8002",
                "Sec-Fetch-Site: cross-site"))
        .isEqualTo("200");
  }
}
