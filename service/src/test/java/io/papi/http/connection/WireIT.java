package io.papi.http.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.papi.http.exchange.ProtocolLimits;
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
        "GET ftp://papi/customer/1 HTTP/1.1",
        "GET http://pa pi/customer/1 HTTP/1.1",
        "GET http:///customer/1 HTTP/1.1",
        "GET customer/1 HTTP/1.1",
        "GET * HTTP/1.1",
        "G@T /customer/1 HTTP/1.1",
        "G\u0000T /customer/1 HTTP/1.1",
        "\u00e9 /customer/1 HTTP/1.1",
        " /customer/1 HTTP/1.1",
        "GET\t/customer/1 HTTP/1.1",
        "\nGET /customer/1 HTTP/1.1",
        "get /customer/1 HTTP/1.1",
        "Get / HTTP/1.1",
        "GET /customer/1#f HTTP/1.1",
        "GET /customer/1?x#f HTTP/1.1",
        "GET /customer/\u00e9 HTTP/1.1",
        "GET /customer/1?\u0001 HTTP/1.1",
        "GET /customer/1% HTTP/1.1",
        "GET /customer/1|2 HTTP/1.1",
        "GET /customer/1?\"<> HTTP/1.1",
        "\u0016\u0003\u0001\u0002",
      })
  void requestLine_notOurs_is400(String line) {
    assertOnlyAnswer(line + "\r\nHost: papi\r\n\r\n" + NEXT).startsWith("HTTP/1.1 400 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ": v",
        ":",
        "X",
        " : v",
        "X : v",
        "X(: v",
        "X\u007f: v",
        "\u00e9: v",
        "X: \u0001",
        "Host: papi",
        "Content-Length:",
        "Transfer-Encoding:",
      })
  void header_notOurs_is400(String header) {
    assertOnlyAnswer("GET /customer/1 HTTP/1.1\r\nHost: papi\r\n" + header + "\r\n\r\n" + NEXT)
        .startsWith("HTTP/1.1 400 ");
    assertOnlyAnswer("GET /customer/1 HTTP/1.1\r\n" + header + "\r\nHost: papi\r\n\r\n" + NEXT)
        .startsWith("HTTP/1.1 400 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[",
        "]",
        "[]",
        "[:]",
        "[::1::]",
        "[v",
        "[v1.]",
        "[1::",
        "[::%25",
        "0[",
        ":",
        "%",
        "a%2",
        "a%zz",
        "a@b",
        "\u00e9",
        "[::1]:99999999999"
      })
  void host_notOurs_is400(String host) {
    assertOnlyAnswer("GET /customer/1 HTTP/1.1\r\nHost: " + host + "\r\n\r\n" + NEXT)
        .startsWith("HTTP/1.1 400 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/customer/../test",
        "/customer/%2e%2E/test",
        "/customer%2F..%2Ftest",
        "/customer/..%5ctest",
        "/customer/..;/test",
        "/customer/..;x=1",
        "/customer/..",
        "/customer/.",
        "/./customer/1",
        "/.",
        "http://papi/customer/../test",
      })
  void dotSegment_isRefused_notResolved(String target) {
    assertOnlyAnswer(
            "GET " + target + " HTTP/1.1\r\nHost: papi\r\nX-Request-Id: order-7\r\n\r\n" + NEXT)
        .startsWith("HTTP/1.1 400 ")
        .contains("a segment of the path is . or ..", "\"requestId\":\"order-7\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/health/../metrics",
        "/cache/customer/../../metrics",
        "//metrics",
        "/health//live",
        "/metrics/",
        "/metrics;x=1",
        "/;x/metrics",
        "/%6detrics",
        "/metrics%00",
        "/metrics%3f",
        "/health%2flive",
      })
  void operatorsPath_inAnotherSpelling_isNotFound(String target) {
    try (RawConnection operator = client.connectToAdmin()) {
      operator.send("GET " + target + " HTTP/1.1\r\nHost: papi\r\n\r\n");
      assertThat(operator.readAnswer()).containsPattern("^HTTP/1.1 (400|404) ");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\nHost: papi\r\n",
        "GET / HTTP/1.1\r\nHos",
        "GET / HTTP/1.1\r\nHost: papi\r",
        "GET / HTTP/1.1\r\nHost: papi\r\n\r",
        "GET / HTTP/1.1\r",
        "GET / HT",
        "\r",
        "\r\n",
        "",
      })
  void head_cutOff_hasNoAnswer(String beginning) {
    double faults = refused("fault");
    assertThat(client.raw(beginning)).isEmpty();
    assertThat(refused("fault")).isEqualTo(faults);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\r\n", "\r\n\r\n"})
  void emptyLines_beforeARequest_areIgnored(String lines) {
    String request = lines + "GET /customer/1 HTTP/1.1\r\nHost: papi\r\n\r\n";
    try (RawConnection caller = client.connect()) {
      caller.send(request + request);
      assertThat(caller.readAnswer()).startsWith("HTTP/1.1 200 ");
      assertThat(caller.readAnswer()).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void emptyLines_withoutEnd_areRefused() {
    assertOnlyAnswer("\r\n".repeat(10_000)).startsWith("HTTP/1.1 400 ");
  }

  @ParameterizedTest
  @CsvSource({
    "Content-Length: 4,413",
    "Transfer-Encoding: chunked,413",
    "Transfer-Encoding: gzip,400",
    "Host: papi,400",
    ": v,400",
  })
  void headRefused_isAHeadAlone(String header, int status) {
    assertThat(client.raw("HEAD /customer/1 HTTP/1.1\r\nHost: papi\r\n" + header + "\r\n\r\n"))
        .startsWith("HTTP/1.1 " + status + " ")
        .endsWith("\r\n\r\n")
        .containsPattern("Content-Length: [1-9]");
  }

  @Test
  void headNotARequestLine_isAHeadAlone() {
    assertThat(client.raw("HEAD /customer/1|2 HTTP/1.1\r\nHost: papi\r\n\r\n"))
        .startsWith("HTTP/1.1 400 ")
        .endsWith("\r\n\r\n");
  }

  @ParameterizedTest
  @CsvSource({
    "malformed,G@T / HTTP/1.1",
    "malformed,GET / HTTP/1.2",
    "malformed,'GET / HTTP/1.1\r\nHost: papi\r\n: v'",
    "dot-segment,'GET /.. HTTP/1.1\r\nHost: papi'",
    "body,'GET / HTTP/1.1\r\nHost: papi\r\nContent-Length: 1'",
    "body,'GET / HTTP/1.1\r\nHost: papi\r\nTransfer-Encoding: chunked'",
    "coding,'GET / HTTP/1.1\r\nHost: papi\r\nTransfer-Encoding: gzip, chunked'",
    "version,'GET / HTTP/1.0'",
  })
  void refused_isCountedByReason(String reason, String head) {
    double before = refused(reason);
    double all = client.metric("papi_requests_refused_total");
    client.raw(head + "\r\n\r\n");
    assertThat(refused(reason)).isEqualTo(before + 1);
    assertThat(client.metric("papi_requests_refused_total")).isEqualTo(all + 1);
  }

  @Test
  void longLine_isCounted() {
    double before = refused("long-line");
    client.raw("GET /" + "1".repeat(ProtocolLimits.MAX_REQUEST_LINE_BYTES) + " HTTP/1.1\r\n\r\n");
    assertThat(refused("long-line")).isEqualTo(before + 1);
  }

  private double refused(String reason) {
    return client.metric("papi_requests_refused_total", "reason=\"" + reason + "\"");
  }

  @ParameterizedTest
  @CsvSource({
    "GET,http://papi/customer/1,200",
    "GET,HTTPS://Other:8443/customer/1?x=1,200",
    "GET,http://[::1]/customer/1,200",
    "GET,http://papi,200",
    "GET,/customer/1?100%,200",
    "GET,/customer/1?a=%zz&b[]={|}^`\\,200",
    "GET,/test?,200",
    "GET,/test/,404",
    "GET,//test,404",
    "GET,//,404",
    "GET,/test//page.js,404",
    "GET,/test%2fpage.js,404",
    "GET,/test;x=1,404",
    "GET,/;x/test,404",
    "GET,/%74est,404",
    "GET,/test%00,404",
    "FOO,/customer/1,405",
    "M-SEARCH,/customer/1,405",
    "GET,/customer/%31,200",
    "GET,/customer/1?x=1,200",
    "GET,/customer/1%2c2,200",
    "GET,/customer%2F1,404",
    "GET,/customer%2F5/7,404",
    "GET,/%63ustomer/1,404",
    "GET,//customer/1,404",
    "GET,/customer;x=1/1,404",
    "GET,/cache/customer/1,404",
    "GET,/health/live,404",
    "GET,/customer//1,400",
    "GET,/customer/%2531,400",
    "GET,/customer/1%00,400",
    "GET,/customer/1%0d%0aX:1,400",
    "GET,/customer/%c0%b1,400",
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
      Await.until("no lookup waits for the reader", () -> client.metric("papi_inflight") == 0);
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
