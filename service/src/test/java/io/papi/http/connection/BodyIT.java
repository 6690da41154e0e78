package io.papi.http.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.papi.http.exchange.ProtocolLimits;
import io.papi.testing.RawConnection;
import io.papi.testing.TestClient;
import io.papi.testing.TestService;
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
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies as bytes, well framed and not. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BodyIT {
  private static final String IDS = "{\"ids\":[1]}";
  private static final String NEXT = "GET /customer/2 HTTP/1.1\r\nHost: papi\r\n\r\n";
  private static final String HEAD =
      "POST /customer HTTP/1.1\r\nHost: papi\r\nContent-Type: application/json\r\n";

  private TestService service;
  private TestClient client;

  @BeforeAll
  void start() {
    service = TestService.start(Map.of());
    client = service.client();
  }

  @AfterAll
  void stop() {
    service.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "B\r\n{\"ids\":[1]}\r\n0\r\n\r\n",
        "b\r\n{\"ids\":[1]}\r\n000\r\n\r\n",
        "000b\r\n{\"ids\":[1]}\r\n0\r\n\r\n",
        "1\r\n{\r\n5\r\n\"ids\"\r\n5\r\n:[1]}\r\n0\r\n\r\n",
        "B;a=b\r\n{\"ids\":[1]}\r\n0;c;d=\"e\"\r\n\r\n",
        "B\r\n{\"ids\":[1]}\r\n0\r\nX-Sum: 7\r\nY:\r\n\r\n",
        "B\r\n{\"ids\":[1]}\r\n0\r\nContent-Length: 99\r\nTransfer-Encoding: chunked\r\n\r\n",
      })
  void chunks_areTheBody_andTheNextRequestBeginsBehindThem(String chunks) {
    assertAnswered(HEAD + "Transfer-Encoding: chunked\r\n\r\n" + chunks);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 11", "Content-Length:\t011", "content-length: 11 "})
  void length_isTheBody_andTheNextRequestBeginsBehindIt(String header) {
    assertAnswered(HEAD + header + "\r\n\r\n" + IDS);
  }

  @Test
  void piecesOfOneByte_areTheBody() {
    try (RawConnection caller = client.connect()) {
      String chunked = "b\r\n" + IDS + "\r\n0\r\n\r\n";
      for (char each : (HEAD + "Transfer-Encoding: chunked\r\n\r\n" + chunked).toCharArray()) {
        caller.send(String.valueOf(each));
      }
      caller.send(NEXT);
      assertThat(caller.readAnswer()).contains("[{\"C_CUSTOMER_SK\":1,");
      assertThat(caller.readAnswer()).contains("[{\"C_CUSTOMER_SK\":2,");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 11\r\n", "Transfer-Encoding: chunked\r\n"})
  void lastRequest_whoseBodyComesAfterItsHead_isAnswered(String framing) {
    try (RawConnection caller = client.connect()) {
      caller.send(HEAD + "Connection: close\r\nExpect: 100-continue\r\n" + framing + "\r\n");
      assertThat(caller.readHead()).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
      caller.send((framing.startsWith("C") ? IDS : "b\r\n" + IDS + "\r\n0\r\n\r\n") + NEXT);
      assertThat(caller.readUntilClosed())
          .startsWith("HTTP/1.1 200 ")
          .contains("[{\"C_CUSTOMER_SK\":1,")
          .doesNotContain("\"C_CUSTOMER_SK\":2,");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 11\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\r\nContent-Length: 11",
        "Content-Length: 11\r\nContent-Length: 12",
        "Content-Length: 11\r\nContent-Length: 11",
        "Content-Length: 11, 11",
        "Content-Length: +11",
        "Content-Length: -1",
        "Content-Length: 0x0b",
        "Content-Length: 1 1",
        "Content-Length: 11.0",
        "Content-Length: \u0661\u0661",
        "Content-Length: 99999999999999999999",
        "Content-Length:",
        "Transfer-Encoding:",
        "Transfer-Encoding: xchunked",
        "Transfer-Encoding: identity",
        "Transfer-Encoding: chunked, identity",
        "Transfer-Encoding: chunked, chunked",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
        "Transfer-Encoding: gzip, chunked",
        "Transfer-Encoding: \"chunked\"",
        "Transfer-Encoding: chunked;q=1",
        "Transfer-Encoding : chunked",
        " Transfer-Encoding: chunked",
        "X: y\r\n Transfer-Encoding: chunked",
        "X: y\nTransfer-Encoding: chunked",
        "X: y\rTransfer-Encoding: chunked",
        "Transfer-Encoding: \u000bchunked",
      })
  void framing_withMoreThanOneReading_isRefused_andNothingAfterItIsAnswered(String headers) {
    assertOnlyAnswer(
        HEAD + headers + "\r\n\r\n" + "b\r\n" + IDS + "\r\n0\r\n\r\n" + NEXT, "400|501");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "b\n{\"ids\":[1]}\r\n0\r\n\r\n",
        "b\r{\"ids\":[1]}\r\n0\r\n\r\n",
        "b \r\n{\"ids\":[1]}\r\n0\r\n\r\n",
        " b\r\n{\"ids\":[1]}\r\n0\r\n\r\n",
        "0xb\r\n{\"ids\":[1]}\r\n0\r\n\r\n",
        "+b\r\n{\"ids\":[1]}\r\n0\r\n\r\n",
        "-1\r\n{\"ids\":[1]}\r\n0\r\n\r\n",
        "\r\n{\"ids\":[1]}\r\n0\r\n\r\n",
        ";a\r\n{\"ids\":[1]}\r\n0\r\n\r\n",
        "b;\u0001\r\n{\"ids\":[1]}\r\n0\r\n\r\n",
        "b;a\nb\r\n{\"ids\":[1]}\r\n0\r\n\r\n",
        "a\r\n{\"ids\":[1]}\r\n0\r\n\r\n",
        "c\r\n{\"ids\":[1]}\r\n0\r\n\r\n",
        "b\r\n{\"ids\":[1]}XX0\r\n\r\n",
        "b\r\n{\"ids\":[1]}\n0\r\n\r\n",
        "b\r\n{\"ids\":[1]}0\r\n\r\n",
        "b\r\n{\"ids\":[1]}\r\n0\r\nX\r\n\r\n",
        "b\r\n{\"ids\":[1]}\r\n0\r\n: x\r\n\r\n",
        "b\r\n{\"ids\":[1]}\r\n0\r\nX Y: x\r\n\r\n",
        "b\r\n{\"ids\":[1]}\r\n0\r\n X: x\r\n\r\n",
        "b\r\n{\"ids\":[1]}\r\n0\r\nX: y\nZ: x\r\n\r\n",
        "\u0661\r\n{\r\n0\r\n\r\n",
      })
  void chunks_malformed_areRefused_andNothingAfterThemIsAnswered(String chunks) {
    assertOnlyAnswer(HEAD + "Transfer-Encoding: chunked\r\n\r\n" + chunks + NEXT, "400");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 262145\r\n\r\n{",
        "Content-Length: 999999999999\r\n\r\n{",
        "Transfer-Encoding: chunked\r\n\r\n40001\r\n{",
        "Transfer-Encoding: chunked\r\n\r\nffffffff\r\n{",
        "Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n{",
        "Transfer-Encoding: chunked\r\n\r\n80000000\r\n{",
      })
  void tooLong_is413_beforeItHasCome(String request) {
    assertOnlyAnswer(HEAD + request, "413");
  }

  @Test
  void manySmallChunksOrExtensions_countToo() {
    String chunk = "1;" + "x".repeat(1_000) + "\r\n \r\n";
    assertOnlyAnswer(
        HEAD + "Transfer-Encoding: chunked\r\n\r\n" + chunk.repeat(300) + "0\r\n\r\n", "413");
    String trailers = ("X: " + "y".repeat(1_000) + "\r\n").repeat(20);
    assertOnlyAnswer(HEAD + "Transfer-Encoding: chunked\r\n\r\n0\r\n" + trailers + "\r\n", "413");
  }

  @Test
  void longest_isTaken() {
    String body = IDS + " ".repeat(ProtocolLimits.MAX_BODY_BYTES - IDS.length());
    assertAnswered(HEAD + "Content-Length: " + body.length() + "\r\n\r\n" + body);
  }

  @ParameterizedTest
  @CsvSource({
    "GET /customer/1",
    "HEAD /customer/1",
    "POST /customer/1",
    "PUT /customer",
    "GET /customer",
    "POST /customer/",
    "POST /",
    "POST /test",
    "POST /openapi.json",
    "POST /%63ustomer",
  })
  void bodyAnywhereElse_isRefused_andNeverTheNextRequest(String line) {
    String head = line + " HTTP/1.1\r\nHost: papi\r\nContent-Type: application/json\r\n";
    assertOnlyAnswer(head + "Content-Length: 11\r\n\r\n" + IDS + NEXT, "413");
    assertOnlyAnswer(
        head + "Transfer-Encoding: chunked\r\n\r\nb\r\n" + IDS + "\r\n0\r\n\r\n" + NEXT, "413");
  }

  @Test
  void bodyOnTheOperatorsPort_isRefused() {
    try (RawConnection operator = client.connectToAdmin()) {
      operator.send(HEAD + "Content-Length: 11\r\n\r\n" + IDS + NEXT);
      assertThat(operator.readUntilClosed()).startsWith("HTTP/1.1 413 ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 11\r\n", "Transfer-Encoding: chunked\r\n"})
  void expectation_isMet_beforeTheBodyIsSent(String framing) {
    try (RawConnection caller = client.connect()) {
      caller.send(HEAD + framing + "Expect: 100-continue\r\n\r\n");
      assertThat(caller.readHead()).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
      caller.send(framing.startsWith("C") ? IDS : "b\r\n" + IDS + "\r\n0\r\n\r\n");
      caller.send(NEXT);
      assertThat(caller.readAnswer()).contains("[{\"C_CUSTOMER_SK\":1,");
      assertThat(caller.readAnswer()).contains("[{\"C_CUSTOMER_SK\":2,");
    }
  }

  @Test
  void expectation_withTheBodyAlready_isNotMet_andOfTooLongABodyNeither() {
    assertAnswered(HEAD + "Content-Length: 11\r\nExpect: 100-continue\r\n\r\n" + IDS);
    assertOnlyAnswer(HEAD + "Content-Length: 262145\r\nExpect: 100-continue\r\n\r\n", "413");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 11\r\n\r\n{\"ids\":[1]",
        "Content-Length: 11\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\nb\r\n{\"ids\"",
        "Transfer-Encoding: chunked\r\n\r\nb\r\n{\"ids\":[1]}\r\n",
        "Transfer-Encoding: chunked\r\n\r\nb\r\n{\"ids\":[1]}\r\n0\r\n",
        "Transfer-Encoding: chunked\r\n\r\n",
      })
  void shorterThanSaid_hasNoAnswer(String request) {
    double faults = client.metric("papi_requests_refused_total", "reason=\"fault\"");
    assertThat(client.raw(HEAD + request)).isEmpty();
    assertThat(client.metric("papi_requests_refused_total", "reason=\"fault\"")).isEqualTo(faults);
  }

  @Test
  void longerThanSaid_isTheNextRequest_andNoneOfOurs() {
    assertThat(client.raw(HEAD + "Content-Length: 11\r\n\r\n" + IDS + "XXXX\r\n\r\n"))
        .startsWith("HTTP/1.1 200 ")
        .containsPattern("HTTP/1.1 400 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 11\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\nb\r\n"})
  void stalled_isClosed_inTime(String framing) {
    double before = client.metric("papi_connections_closed_total", "reason=\"slow-request\"");
    long began = System.nanoTime();
    try (RawConnection caller = client.connect()) {
      caller.send(HEAD + framing + "{\"ids\"");
      assertThat(caller.readUntilClosed()).isEmpty();
    }
    assertThat(System.nanoTime() - began).isBetween(1_500_000_000L, 4_500_000_000L);
    assertThat(client.metric("papi_connections_closed_total", "reason=\"slow-request\""))
        .isEqualTo(before + 1);
  }

  @Test
  void pipelined_areAnsweredInOrder() {
    StringBuilder requests = new StringBuilder();
    for (int id = 1; id <= 30; id++) {
      String body = "{\"ids\":[" + id + "]}";
      requests.append(HEAD).append("Content-Length: ").append(body.length()).append("\r\n\r\n");
      requests.append(body);
    }
    try (RawConnection caller = client.connect()) {
      caller.send(requests.toString());
      for (int id = 1; id <= 30; id++) {
        assertThat(caller.readAnswer()).contains("[{\"C_CUSTOMER_SK\":" + id + ",");
      }
    }
  }

  @Test
  void thousandIds_areAnswered_andAreNotKeptAsAWhole() {
    String ids =
        IntStream.rangeClosed(1, 1_000).mapToObj(String::valueOf).collect(Collectors.joining(","));
    var answer = client.postJson("/customer", "{\"ids\":[" + ids + "]}");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().map()).doesNotContainKey("etag").containsKey("age");
    assertThat(answer.body().split("\"C_CUSTOMER_SK\"", -1)).hasSize(1_001);
  }

  private void assertAnswered(String request) {
    try (RawConnection caller = client.connect()) {
      caller.send(request + NEXT);
      assertThat(caller.readAnswer())
          .startsWith("HTTP/1.1 200 ")
          .contains("[{\"C_CUSTOMER_SK\":1,");
      assertThat(caller.readAnswer()).contains("[{\"C_CUSTOMER_SK\":2,");
    }
  }

  /** One answer with one of these statuses, a closed connection, and nothing more. */
  private void assertOnlyAnswer(String bytes, String statuses) {
    try (RawConnection caller = client.connect()) {
      caller.send(bytes);
      String answers = caller.readUntilClosed();
      assertThat(answers.split("HTTP/1\\.1 [0-9]{3} ", -1)).hasSize(2);
      assertThat(answers)
          .containsPattern("^HTTP/1.1 (" + statuses + ") ")
          .contains("application/problem+json", "X-Request-Id");
    }
  }
}
