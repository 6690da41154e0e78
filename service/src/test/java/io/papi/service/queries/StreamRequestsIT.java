package io.papi.service.queries;

import static org.assertj.core.api.Assertions.assertThat;

import io.papi.testing.RawConnection;
import io.papi.testing.TestClient;
import io.papi.testing.TestService;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a request for a stream may say, and the headers of its answer in each format. */
@Timeout(240)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StreamRequestsIT {
  /** The same rows as a report, whose answer is made in one piece. */
  private static final String REPORT =
      """
      queries.kept {
        paths = ["/kept/{last}"]
        sql = "SELECT SEEN(X) AS n, 'the row ' || X AS words FROM SYSTEM_RANGE(1, :last)"
        parameters.last { type = whole, min = 0, max = 10000 }
      }
      """;

  private TestService service;
  private TestClient client;

  @BeforeAll
  void start(@TempDir Path directory) {
    service = TestService.start(Streams.environment(directory, REPORT));
    client = service.client();
  }

  @AfterAll
  void stop() {
    service.close();
  }

  @Test
  void get_limit_isTheMostRows() {
    assertThat(get("/numbers/1000000000?limit=3&format=ndjson").body()).isEqualTo(Streams.lines(3));
    assertThat(get("/numbers/3?limit=1&format=ndjson").body()).isEqualTo(Streams.lines(1));
    assertThat(get("/numbers/3?limit=03&format=ndjson").body()).isEqualTo(Streams.lines(3));
    assertThat(get("/numbers/3?limit=4&format=ndjson").body()).isEqualTo(Streams.lines(3));
    assertThat(get("/numbers/3?limit=9223372036854775807&format=ndjson").body())
        .isEqualTo(Streams.lines(3));
    assertThat(get("/numbers/3?limit=&format=ndjson").body()).isEqualTo(Streams.lines(3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/numbers/0?format=", "/numbers/9?limit=0&format="})
  void get_noRows_hasWhatTheFormatHasWithoutRows(String path) {
    assertThat(get(path + "json").body()).isEqualTo("[]");
    assertThat(get(path + "ndjson").body()).isEmpty();
    assertThat(get(path + "csv").body()).isEqualTo("N,WORDS\r\n");
    assertThat(get(path + "xml").body())
        .isEqualTo("<?xml version=\"1.0\" encoding=\"UTF-8\"?><records></records>");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "limit=-1 | limit is -1, not",
        "limit=1.5 | limit is 1.5, not",
        "limit=1e3 | limit is 1e3, not",
        "limit=all | limit is all, not",
        "limit=%2B1 | limit is +1, not",
        "limit=9223372036854775808 | limit is 9223372036854775808, not",
        "limit=1&limit=1 | limit is given twice",
        "limit=&limit= | limit is given twice",
        "limit=1;DROP%20TABLE%20x | limit is 1;DROP TABLE x, not",
        "LIMIT=1 | is no parameter of this path: it takes format, limit",
        "last=1 | last is no parameter of this path: it takes format, limit",
        "a | a is no parameter of this path: it takes format, limit",
        "format=parquet | write format=json, ndjson, csv or xml"
      })
  void get_wrongParameter_is400_thatSaysWhatIsAllowed_andNoStatement(String query, String says) {
    long rows = Streams.rows();
    HttpResponse<String> answer = client.get("/numbers/5?" + query);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(header(answer, "Content-Type")).startsWith("application/problem+json");
    assertThat(answer.body()).contains(says).doesNotContainIgnoringCase("select ");
    assertThat(Streams.rows()).isEqualTo(rows);
  }

  @Test
  void get_limitOfAReport_is400() {
    assertThat(client.get("/kept/5?limit=1").body())
        .contains("limit is no parameter of this path: it takes format");
  }

  @Test
  void formats_eachHasItsType_andTheBytesOfAReport() {
    for (String[] format :
        List.of(
            new String[] {"json", "application/json", "application/json"},
            new String[] {"ndjson", "application/x-ndjson", "application/x-ndjson"},
            new String[] {"csv", "text/csv", "text/csv; charset=utf-8; header=present"},
            new String[] {"xml", "application/xml", "application/xml; charset=utf-8"})) {
      HttpResponse<String> asked = get("/numbers/5000?format=" + format[0]);
      assertThat(asked.body()).isEqualTo(get("/kept/5000?format=" + format[0]).body());
      assertThat(header(asked, "Content-Type")).isEqualTo(format[2]);
      assertThat(get("/more/numbers/5000", "Accept", format[1] + ", */*;q=0.1").body())
          .isEqualTo(asked.body());
      assertHeaders(asked);
    }
    assertThat(header(get("/numbers/1?format=csv"), "Content-Disposition"))
        .isEqualTo("attachment; filename=\"numbers.csv\"");
    assertThat(header(get("/numbers/1"), "Content-Disposition")).isEmpty();
  }

  private static void assertHeaders(HttpResponse<String> answer) {
    assertThat(header(answer, "Vary")).isEqualTo("Accept");
    assertThat(header(answer, "Cache-Control")).isEqualTo("no-store");
    assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(header(answer, "X-Request-Id")).isNotEmpty();
    for (String name : List.of("ETag", "Age", "Cache-Status", "Content-Length")) {
      assertThat(header(answer, name)).as(name).isEmpty();
    }
  }

  @Test
  void formats_noneThatIsAcceptable_is406_thatNamesThem_andNoStatement() {
    long rows = Streams.rows();
    HttpResponse<String> answer = client.get("/numbers/5", "Accept", "image/png, text/html;q=0.5");
    assertThat(answer.statusCode()).isEqualTo(406);
    assertThat(answer.body())
        .contains("application/json, application/x-ndjson, text/csv or application/xml");
    assertThat(Streams.rows()).isEqualTo(rows);
  }

  @Test
  void head_hasTheHeadersOfAGet_andNoStatement() {
    for (String format : Streams.FORMATS) {
      HttpResponse<String> got = get("/numbers/5?format=" + format);
      long rows = Streams.rows();
      HttpResponse<String> head = client.send("HEAD", "/numbers/5?format=" + format);
      assertThat(head.statusCode()).isEqualTo(200);
      assertThat(head.body()).isEmpty();
      assertHeaders(head);
      for (String name : List.of("Content-Type", "Content-Disposition", "Vary", "Cache-Control")) {
        assertThat(header(head, name)).as(name).isEqualTo(header(got, name));
      }
      assertThat(Streams.rows()).isEqualTo(rows);
    }
    assertThat(client.send("HEAD", "/numbers/5?limit=-1").statusCode()).isEqualTo(400);
    try (RawConnection caller = client.connect()) {
      caller.send("HEAD /numbers/5 HTTP/1.1\r\nHost: papi\r\n\r\n");
      caller.send("GET /numbers/1?format=ndjson HTTP/1.1\r\nHost: papi\r\n\r\n");
      assertThat(caller.readHead()).startsWith("HTTP/1.1 200 ");
      assertThat(caller.readAnswer()).startsWith("HTTP/1.1 200 ").endsWith(Streams.lines(1));
    }
  }

  @Test
  void get_keepsTheConnection_afterEachStream() {
    try (RawConnection caller = client.connect()) {
      for (int last : List.of(0, 1, 2_000, 3)) {
        caller.send("GET /numbers/" + last + "?format=ndjson HTTP/1.1\r\nHost: papi\r\n\r\n");
        assertThat(caller.readAnswer())
            .startsWith("HTTP/1.1 200 ")
            .endsWith("\r\n\r\n" + Streams.lines(last));
      }
      caller.send("GET /customer/1 HTTP/1.1\r\nHost: papi\r\nConnection: close\r\n\r\n");
      assertThat(caller.readUntilClosed()).startsWith("HTTP/1.1 200 ").contains("C_CUSTOMER_SK");
    }
  }

  @Test
  void get_connectionClose_endsWithTheLastChunk() {
    String answer = raw("GET /numbers/2?format=csv HTTP/1.1\r\nConnection: close");
    assertThat(answer).containsIgnoringCase("\r\nConnection: close\r\n");
    assertThat(answer).endsWith("\r\n0\r\n\r\n");
  }

  /** Without chunks nobody could tell a part from the whole. */
  @Test
  void get_http10_is505() {
    long rows = Streams.rows();
    assertThat(raw("GET /numbers/2 HTTP/1.0")).startsWith("HTTP/1.1 505 ");
    assertThat(raw("GET /numbers/2 HTTP/1.0\r\nConnection: keep-alive"))
        .startsWith("HTTP/1.1 505 ");
    assertThat(Streams.rows()).isEqualTo(rows);
  }

  @Test
  void get_callerOfOtherCodings_isAnsweredWithout() {
    String answer =
        raw(
            "GET /numbers/2?format=ndjson HTTP/1.1\r\nTE: trailers, gzip\r\n"
                + "Accept-Encoding: gzip, br\r\nConnection: close, TE");
    assertThat(answer)
        .startsWith("HTTP/1.1 200 ")
        .containsIgnoringCase("\r\nTransfer-Encoding: chunked\r\n")
        .doesNotContainIgnoringCase("Content-Encoding")
        .contains("the row 2");
  }

  @Test
  void get_preconditionsAndRanges_areOfNoMeaning() {
    HttpResponse<String> answer =
        get("/numbers/2?format=ndjson", "If-None-Match", "*", "Range", "bytes=0-1");
    assertThat(answer.body()).isEqualTo(Streams.lines(2));
  }

  @Test
  void get_otherMethod_is405() {
    HttpResponse<String> deleted = client.send("DELETE", "/numbers/2");
    assertThat(deleted.statusCode()).isEqualTo(405);
    assertThat(header(deleted, "Allow")).contains("GET", "HEAD");
  }

  @Test
  void get_isCounted_byRowsAndBytes() {
    double rows = client.metric("papi_stream_rows_total", "dataset=\"numbers\"");
    double bytes = client.metric("papi_stream_bytes_total", "dataset=\"numbers\"");
    int length = get("/numbers/777?format=csv").body().length();
    assertThat(client.metric("papi_stream_rows_total", "dataset=\"numbers\"") - rows)
        .isEqualTo(777);
    assertThat(client.metric("papi_stream_bytes_total", "dataset=\"numbers\"") - bytes)
        .isEqualTo(length);
    assertThat(Streams.broken(client, "")).isZero();
  }

  private HttpResponse<String> get(String path, String... headers) {
    HttpResponse<String> answer = client.get(path, headers);
    assertThat(answer.statusCode()).as(path).isEqualTo(200);
    return answer;
  }

  private String raw(String head) {
    return client.raw(
        head.replaceFirst("\r\n|$", "\r\nHost: papi\r\n").stripTrailing() + "\r\n\r\n");
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
