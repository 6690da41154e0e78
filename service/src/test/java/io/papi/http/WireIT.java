package io.papi.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.papi.testing.Await;
import io.papi.testing.RawConnection;
import io.papi.testing.TestClient;
import io.papi.testing.TestService;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes that no well-meaning client sends. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WireIT {
  private static final String NEXT = "GET /customer/2 HTTP/1.1\r\nHost: papi\r\n\r\n";

  private TestService service;
  private TestClient client;

  @BeforeAll
  void start() {
    service = TestService.start(Map.of("PAPI_STORE_MAX_LOOKUPS", "1"));
    client = service.client();
  }

  @AfterAll
  void stop() {
    service.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 4\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\r\nContent-Length: 4",
        "Content-Length: 0\r\nContent-Length: 45",
        "Content-Length: 0\r\nContent-Length: 0",
        "Content-Length: 0, 0",
        "Content-Length: +0",
        "Content-Length: -1",
        "Content-Length: 0x0",
        "Content-Length: 99999999999999999999",
        "Transfer-Encoding: xchunked",
        "Transfer-Encoding: identity",
        "Transfer-Encoding: chunked, identity",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
        "Transfer-Encoding: gzip, chunked",
        "Transfer-Encoding : chunked",
        " Transfer-Encoding: chunked",
        "X: y\r\n Transfer-Encoding: chunked",
        "X: y\nTransfer-Encoding: chunked",
        "X: y\rTransfer-Encoding: chunked",
        "Transfer-Encoding: \u000bchunked",
        "Host: other",
        "X: \u0000",
      })
  void smuggling_isRefused_andNothingAfterItIsAnswered(String headers) {
    assertOnlyAnswer(
            "GET /customer/1 HTTP/1.1\r\nHost: papi\r\n" + headers + "\r\n\r\n0\r\n\r\n" + NEXT)
        .containsPattern("^HTTP/1.1 (400|501) ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 45",
        "Transfer-Encoding: chunked",
        "Transfer-Encoding:\tChunked",
        "Expect: 100-continue\r\nContent-Length: 45"
      })
  void bodyOnGet_isRefused_andNeverTheNextRequest(String headers) {
    assertOnlyAnswer("GET /customer/1 HTTP/1.1\r\nHost: papi\r\n" + headers + "\r\n\r\n" + NEXT)
        .startsWith("HTTP/1.1 413 ");
  }

  @Test
  void headerFlood_isRefused() {
    String flood =
        IntStream.range(0, 2_000).mapToObj(i -> "X-" + i + ": y\r\n").collect(Collectors.joining());
    assertOnlyAnswer("GET /customer/1 HTTP/1.1\r\nHost: papi\r\n" + flood + "\r\n" + NEXT)
        .containsPattern("^HTTP/1.1 (400|431) ");
  }

  @Test
  void hugeHeader_isRefused() {
    String header = "X: " + "y".repeat(100_000);
    assertOnlyAnswer("GET /customer/1 HTTP/1.1\r\nHost: papi\r\n" + header + "\r\n\r\n" + NEXT)
        .containsPattern("^HTTP/1.1 (400|431) ");
  }

  @Test
  void hugeRequestLine_is414() {
    assertOnlyAnswer(
            "GET /customer/" + "1".repeat(100_000) + " HTTP/1.1\r\nHost: papi\r\n\r\n" + NEXT)
        .startsWith("HTTP/1.1 414 ");
  }

  @Test
  void http10_is505() {
    assertOnlyAnswer("GET /customer/1 HTTP/1.0\r\nHost: papi\r\n\r\n" + NEXT)
        .startsWith("HTTP/1.1 505 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /customer/1 HTTP/2.0",
        "GET /customer/1 HTTP/1.2",
        "GET  /customer/1 HTTP/1.1",
        "GET /customer/1",
        "PRI * HTTP/2.0",
        "CONNECT example.com:443 HTTP/1.1",
        "GET example.com:443 HTTP/1.1",
        "GET http://papi/customer/1 HTTP/1.1",
        "GET customer/1 HTTP/1.1",
        "GET /customer/1% HTTP/1.1",
        "GET /customer/1|2 HTTP/1.1",
        "GET /customer/1?\"<> HTTP/1.1",
        "\u0016\u0003\u0001\u0002",
      })
  void requestLine_notOurs_is400(String line) {
    assertOnlyAnswer(line + "\r\nHost: papi\r\n\r\n" + NEXT).startsWith("HTTP/1.1 400 ");
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/customer/%31,200",
    "GET,/customer/1?x=1,200",
    "GET,/customer/1%2c2,200",
    "GET,/customer%2F1,404",
    "GET,/customer%2F5/7,404",
    "GET,/%63ustomer/1,404",
    "GET,//customer/1,404",
    "GET,/./customer/1,404",
    "GET,/test/../customer/1,404",
    "GET,/customer;x=1/1,404",
    "GET,/cache/customer/1,404",
    "GET,/health/live,404",
    "GET,/customer/../customer/1,400",
    "GET,/customer//1,400",
    "GET,/customer/%2531,400",
    "GET,/customer/1%00,400",
    "GET,/customer/1%0d%0aX:1,400",
    "GET,/customer/%c0%b1,400",
    "GET,/customer/\u00e9,400",
    "OPTIONS,*,405",
    "TRACE,/customer/1,405",
    "CONNECT,/customer/1,405",
  })
  void target_isTakenAsItStands(String method, String target, int status) {
    try (RawConnection caller = client.connect()) {
      caller.send(method + " " + target + " HTTP/1.1\r\nHost: papi\r\n\r\n" + NEXT);
      String answer = caller.readAnswer();
      assertThat(answer)
          .startsWith("HTTP/1.1 " + status + " ")
          .contains("nosniff")
          .doesNotContain("X: 1");
      assertThat(caller.readAnswer()).contains("[{\"C_CUSTOMER_SK\":2,");
    }
  }

  @Test
  void pipelined_areAnsweredInOrder() {
    StringBuilder requests = new StringBuilder();
    for (int id = 1; id <= 50; id++) {
      requests.append("GET /customer/").append(id).append(" HTTP/1.1\r\nHost: papi\r\n\r\n");
    }
    try (RawConnection caller = client.connect()) {
      caller.send(requests.toString());
      for (int id = 1; id <= 50; id++) {
        assertThat(caller.readAnswer()).contains("[{\"C_CUSTOMER_SK\":" + id + ",");
      }
    }
  }

  @Test
  void connectionClose_ofTheCaller_endsWithTheAnswer() {
    String request = "GET /customer/1 HTTP/1.1\r\nHost: papi\r\nConnection: close\r\n\r\n";
    assertOnlyAnswer(request + NEXT).startsWith("HTTP/1.1 200 ");
    assertOnlyAnswer(request).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void slowReader_holdsUpNobody() {
    int requests = 400;
    String ids =
        IntStream.rangeClosed(1, 100).mapToObj(Integer::toString).collect(Collectors.joining(","));
    String request = "GET /customer/" + ids + " HTTP/1.1\r\nHost: papi\r\n\r\n";
    double before = answered();
    try (RawConnection reader = client.connectNarrow()) {
      reader.send(request.repeat(requests));
      Await.until("it is being answered", () -> answered() > before);
      for (int id = 1_001; id <= 1_050; id++) {
        assertThat(client.get("/customer/" + id).statusCode()).isEqualTo(200);
      }
      assertThat(client.metric("papi_inflight")).isZero();
      for (int i = 0; i < requests; i++) {
        assertThat(reader.readAnswer().split("\\{", -1)).hasSize(101);
      }
    }
  }

  private double answered() {
    return client.metric("http_server_requests_seconds_count", "status=\"200\"");
  }

  /** Sends, and expects one answer, a closed connection, and nothing more. */
  private AbstractStringAssert<?> assertOnlyAnswer(String bytes) {
    try (RawConnection caller = client.connect()) {
      caller.send(bytes);
      String answers = caller.readUntilClosed();
      assertThat(answers.split("HTTP/1\\.1 [0-9]{3} ", -1)).hasSize(2);
      if (!answers.startsWith("HTTP/1.1 200 ")) {
        assertThat(answers)
            .contains("application/problem+json", "nosniff", "no-store", "X-Request-Id")
            .doesNotContainIgnoringCase("\r\nserver:");
      }
      return assertThat(answers);
    }
  }
}
