package io.papi.service.queries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.papi.testing.Await;
import io.papi.testing.Programs;
import io.papi.testing.RawConnection;
import io.papi.testing.TestClient;
import io.papi.testing.TestService;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A store that fails in the middle of a stream, as callers see it: never a part for the whole. */
@Timeout(240)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrokenStreamsIT {
  /** Exit statuses of curl: the answer is shorter than it should be, and a failed receipt. */
  private static final List<Integer> CURL_ERRORS = List.of(18, 56);

  @TempDir private Path directory;
  private TestService service;
  private TestClient client;

  @BeforeAll
  void start(@TempDir Path files) {
    service = TestService.start(Streams.environment(files));
    client = service.client();
  }

  @AfterAll
  void stop() {
    service.close();
  }

  /** Early, and in the middle: a value without a result, and a store that goes. */
  static Stream<String> breaking() {
    return Streams.FORMATS.stream()
        .flatMap(
            format ->
                Stream.of("/broken/20000", "/broken/300000", "/ended/300000")
                    .map(path -> path + "?format=" + format));
  }

  @ParameterizedTest
  @MethodSource("breaking")
  void get_failureInItsMiddle_isAnErrorToEveryClient(String path) throws Exception {
    String reason = path.startsWith("/ended") ? "store" : "row";
    int broken = Streams.broken(client, reason);
    String url = service.address() + path;

    Programs.Ended curl =
        Programs.run("curl", directory, "-sS", "--noproxy", "*", "-o", "/dev/null", url);
    assertThat(curl.status()).as(curl.printed()).isIn(CURL_ERRORS);

    String at = URI.create(url).getAuthority();
    Programs.Ended python =
        Programs.python(BrokenStreamsIT.class, "read_stream.py", directory, at, path);
    assertThat(python.status()).as(python.printed()).isZero();
    assertThat(python.printed())
        .contains("by_urllib", "by_parts", "by_lines")
        .doesNotContain("whole");

    try (HttpClient java = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
      assertThatThrownBy(() -> java.send(request, BodyHandlers.ofString()))
          .isInstanceOf(IOException.class);
      assertThatThrownBy(() -> readAll(java.send(request, BodyHandlers.ofInputStream())))
          .isInstanceOf(IOException.class);
    }
    Await.until("all are counted", () -> Streams.broken(client, reason) == broken + 6);
    assertThat(Streams.broken(client, "reader")).isZero();
    Await.until("all connections are given back", () -> Streams.connections(client) == 0);
    assertThat(Streams.underWay(client)).isZero();
  }

  private static byte[] readAll(HttpResponse<InputStream> answer) throws IOException {
    try (InputStream body = answer.body()) {
      return body.readAllBytes();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "TE: trailers\r\n"})
  void get_failureInItsMiddle_endsTheConnection_inTheMiddleOfAChunk(String header) {
    try (RawConnection caller = client.connect()) {
      caller.send("GET /broken/2000?format=ndjson HTTP/1.1\r\nHost: papi\r\n" + header + "\r\n");
      caller.send("GET /customer/1 HTTP/1.1\r\nHost: papi\r\n\r\n");
      String answer = caller.readUntilClosed();
      assertThat(answer)
          .startsWith("HTTP/1.1 200 ")
          .contains("{\"N\":1,")
          .endsWith("\r\n1\r\n")
          .doesNotContain("\r\n0\r\n", "C_CUSTOMER_SK", "problem", "Exception");
    }
  }

  /** Its first row is read before the head is sent. */
  @Test
  void get_failureBeforeTheFirstByte_isAProblem() {
    for (String format : Streams.FORMATS) {
      assertProblem(client.get("/broken/1?format=" + format), 502);
      HttpResponse<String> gone = client.get("/ended/1?format=" + format);
      assertProblem(gone, 503);
      assertThat(gone.headers().firstValue("Retry-After")).isPresent();
    }
    Await.until("all connections are given back", () -> Streams.connections(client) == 0);
    assertThat(client.get("/numbers/2?format=ndjson").body()).isEqualTo(Streams.lines(2));
  }

  private static void assertProblem(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(answer.headers().firstValue("X-Request-Id")).isPresent();
    assertThat(answer.headers().firstValue("Content-Disposition")).isEmpty();
    assertThat(answer.body()).doesNotContainIgnoringCase("select ", "exception", "is broken");
  }
}
