package io.papi.service.queries;

import static org.assertj.core.api.Assertions.assertThat;

import io.papi.testing.TestClient;
import io.papi.testing.TestService;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a request for a report may say, and the headers of its answer in each format. */
@Timeout(240)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReportRequestsIT {
  private static final String TOP = "/connector/customers/top10";
  private static final String RANGE = TOP + "?start_range=1995-02-01&end_range=1995-02-14";
  private static final String NOBODY = "/connector/clerk/2/yearly_sales/1995";
  private static final String DATE = "a day written YYYY-MM-DD";
  private static final String YEAR = "a whole number from 1 to 9999";
  private static final String CLERK = "that matches [0-9]{1,9}";
  private static final String NAMES = "start_range, end_range, format";

  private static final String COUNT = "/count?customer=";

  /** A query with a parameter of each type. */
  private static final String EVERY_TYPE =
      """
      queries.count {
        paths = ["/count"]
        sql = \"""
          SELECT COUNT(*) AS orders FROM orders
          WHERE o_custkey <= :customer AND o_totalprice >= :least AND o_comment LIKE :comment
          AND (:any OR o_orderstatus = :status) AND CAST(o_orderdate AS TIMESTAMP) >= :since
          AND (:from IS NULL OR o_orderkey BETWEEN :from AND :to)\"""
        parameters {
          customer { type = whole, min = 1, max = 1000000, required = true }
          least { type = decimal, min = 0, default = 0 }
          comment { type = text, length = 20, default = "%" }
          any { type = flag, default = true }
          status { type = one-of, values = [F, O], default = F }
          since { type = timestamp, default = "1992-01-01T00:00" }
          from { type = whole, default = null, needs = to }
          to { type = whole, default = null, needs = from }
        }
      }
      """;

  private TestService service;
  private TestClient client;

  @BeforeAll
  void start(@TempDir Path directory) throws IOException {
    String example = Files.readString(Path.of("examples/reports/papi.conf"));
    String fewer = example.replace("rows = 300000", "rows = 20000");
    assertThat(fewer).isNotEqualTo(example);
    Path file = Files.writeString(directory.resolve("papi.conf"), fewer + EVERY_TYPE);
    service = TestService.start(Map.of("PAPI_CONFIG", file.toString()));
    client = service.client();
  }

  @AfterAll
  void stop() {
    service.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        TOP + "?start_range=yesterday | start_range is yesterday, not " + DATE,
        TOP + "?start_range=1995-02-30 | start_range is 1995-02-30, not " + DATE,
        TOP + "?end_range=1995-2-3 | end_range is 1995-2-3, not " + DATE,
        TOP + "?end_range=0000-01-01 | end_range is 0000-01-01, not " + DATE,
        TOP + "?end_range=+1995-01-01 | end_range is +1995-01-01, not " + DATE,
        TOP + "?end_range=1995-01-01%00 | not " + DATE,
        TOP + "?end_range='1995-01-01'%20OR%201=1 | not " + DATE,
        TOP + "?start_range=1995-01-01&start_range=1995-01-01 | start_range is given twice",
        TOP + "?start_range=&start_range= | start_range is given twice",
        TOP + "?format=csv&format=csv | format is given twice",
        TOP + "?format=parquet | write format=json, ndjson, csv or xml",
        TOP + "?format=CSV | write format=json, ndjson, csv or xml",
        TOP + "?a | a is no parameter of this path: it takes " + NAMES,
        TOP + "?=1995-01-01 | an empty name is no parameter of this path: it takes " + NAMES,
        TOP
            + "?start-range=1995-01-01 | start-range is no parameter of this path: it takes "
            + NAMES,
        TOP + "?START_RANGE=1995-01-01 | is no parameter of this path: it takes " + NAMES,
        TOP
            + "?limit=1;DROP%20TABLE%20ORDERS | limit is no parameter of this path: it takes "
            + NAMES,
        TOP + "?start_range=%zz | start_range",
        TOP + "?start_range=% | start_range",
        TOP + "?start_range=%C3 | start_range",
        TOP + "?%zz=1 | a parameter's name",
        "/count | customer is missing: give a whole number from 1 to 1000000",
        COUNT + " | customer is missing: give a whole number from 1 to 1000000",
        COUNT + "1&least=1e3 | least is 1e3, not a number such as 12.50",
        COUNT + "1&least=-1 | least is -1, not a number such as 12.50",
        COUNT + "1&comment=a%07b | none of them a control character",
        COUNT + "1&comment=123456789012345678901 | not text of 20 characters at most",
        COUNT + "1&any=yes | any is yes, not true or false",
        COUNT + "1&status=P | status is P, not one of F, O",
        COUNT + "1&since=1995-02-30T00:00 | not a time written YYYY-MM-DDTHH:MM:SS",
        COUNT + "1&since=1995-02-28T00:00Z | not a time written YYYY-MM-DDTHH:MM:SS",
        COUNT + "1&from=1 | to is missing, which from needs: give a whole number from -",
        COUNT + "1&to=&from=1 | to is missing, which from needs: give a whole number from -",
        COUNT + "1&to=1 | from is missing, which to needs: give a whole number from -",
        "/snowpark/clerk/1;--/yearly_sales/1995 | " + CLERK,
        "/snowpark/clerk/1%27%20OR%20%271%27=%271/yearly_sales/1995 | " + CLERK,
        "/snowpark/clerk/0000000001/yearly_sales/1995 | " + CLERK,
        "/snowpark/clerk/%D9%A1/yearly_sales/1995 | " + CLERK,
        "/snowpark/clerk/%zz/yearly_sales/1995 | not well-formed",
        "/snowpark/clerk/1/yearly_sales/19x5 | year is 19x5, not " + YEAR,
        "/snowpark/clerk/1/yearly_sales/0 | year is 0, not " + YEAR,
        "/snowpark/clerk/1/yearly_sales/10000 | year is 10000, not " + YEAR,
        "/snowpark/clerk/1/yearly_sales/1e3 | year is 1e3, not " + YEAR,
        "/snowpark/clerk/1/yearly_sales/99999999999999999999999999999999999999999 | not " + YEAR,
        "/snowpark/clerk/1/yearly_sales/1995?year=1995 | year is no parameter of this path: it"
            + " takes format",
        "/snowpark/clerk/1/yearly_sales/1995?clerk=2 | clerk is no parameter of this path: it takes"
            + " format"
      })
  void get_wrongParameter_is400_thatSaysWhatIsAllowed_andNoStatement(String path, String says) {
    int statements = client.statements();
    String answer = raw(path);
    assertThat(answer).startsWith("HTTP/1.1 400 ").contains("application/problem+json", says);
    assertThat(answer).doesNotContainIgnoringCase("select ", "o_totalprice", "exception");
    assertThat(client.statements()).isEqualTo(statements);
  }

  @Test
  void get_parametersThatNeedEachOther_areGivenBothOrNeither() {
    String all = client.get(COUNT + "1000000").body();
    assertThat(all).isEqualTo("[{\"ORDERS\":20000}]");
    assertThat(client.get(COUNT + "1000000&from=&to").body()).isEqualTo(all);
    assertThat(client.get(COUNT + "1000000&to=7&from=1").body()).isEqualTo("[{\"ORDERS\":7}]");
  }

  @Test
  void get_valueThatLooksLikeSql_isAValue() {
    String all = client.get(COUNT + "1000000").body();
    assertThat(all).isEqualTo("[{\"ORDERS\":20000}]");
    for (String comment : List.of("%27%20OR%201=1%20--", "%27;DROP%20TABLE%20x;", ":any", "?")) {
      assertThat(client.get(COUNT + "1000000&comment=" + comment).body())
          .as(comment)
          .isEqualTo("[{\"ORDERS\":0}]");
    }
    HttpResponse<String> same =
        client.get("/count?since=1992-01-01T00:00:00.000&least=0.00&customer=01000000&any=true");
    assertThat(same.body()).isEqualTo(all);
    assertThat(header(same, "Cache-Status")).isEqualTo("near; hit");
  }

  @Test
  void get_longerThanAnyValue_is400_orTooLong_andNoStatement() {
    int statements = client.statements();
    String digits = "1".repeat(8_000);
    for (String path :
        List.of(TOP + "?start_range=" + digits, "/snowpark/clerk/" + digits + "/yearly_sales/1")) {
      String answer = raw(path);
      assertThat(answer).startsWith("HTTP/1.1 400 ").contains("11…");
      assertThat(answer.length()).isLessThan(1_000);
    }
    assertThat(raw(TOP + "?start_range=" + digits.repeat(3))).startsWith("HTTP/1.1 414 ");
    assertThat(client.statements()).isEqualTo(statements);
  }

  @Test
  void get_otherPath_is404_otherMethod_is405_andNoStatement() {
    int statements = client.statements();
    for (String path :
        List.of(
            "/connector/customers/top10/",
            "/connector/customers/Top10",
            "/connector/customers",
            "/connector/clerk/000000002/yearly_sales",
            "/connector/clerk/000000002/yearly_sales/",
            "/connector/clerk//yearly_sales/1995",
            "/connector/clerk/1/2/yearly_sales/1995",
            "/connector/clerk/1%2F2/yearly_sales/1995/more",
            "/%63onnector/customers/top10")) {
      assertThat(client.get(path).statusCode()).as(path).isEqualTo(404);
    }
    HttpResponse<String> deleted = client.send("DELETE", TOP);
    assertThat(deleted.statusCode()).isEqualTo(405);
    assertThat(header(deleted, "Allow")).contains("GET", "HEAD");
    assertThat(client.statements()).isEqualTo(statements);
  }

  private String raw(String path) {
    return client.raw("GET " + path + " HTTP/1.1\r\nHost: papi\r\nConnection: close\r\n\r\n");
  }

  @Test
  void formats_eachHasItsTypeTagAndLength_andIsMadeOfOneAnswer() {
    client.get(RANGE);
    int statements = client.statements();
    Set<String> tags = new HashSet<>();
    for (String[] format :
        List.of(
            new String[] {"json", "application/json", "application/json"},
            new String[] {"ndjson", "application/x-ndjson", "application/x-ndjson"},
            new String[] {"csv", "text/csv", "text/csv; charset=utf-8; header=present"},
            new String[] {"xml", "application/xml", "application/xml; charset=utf-8"})) {
      HttpResponse<String> asked = client.get(RANGE + "&format=" + format[0]);
      HttpResponse<String> accepted = client.get(RANGE, "Accept", format[1] + ", */*;q=0.1");
      assertThat(asked.statusCode()).isEqualTo(200);
      assertThat(header(asked, "Content-Type")).isEqualTo(format[2]);
      assertThat(header(asked, "Vary")).isEqualTo("Accept");
      assertThat(header(asked, "X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(accepted.body()).isEqualTo(asked.body());
      assertThat(header(accepted, "ETag")).isEqualTo(header(asked, "ETag"));
      assertThat(tags.add(header(asked, "ETag"))).as("a tag of its own").isTrue();
      assertHead(RANGE + "&format=" + format[0], asked);
      assertUnchanged(RANGE + "&format=" + format[0], header(asked, "ETag"));
    }
    assertThat(client.statements()).isEqualTo(statements);
  }

  private void assertHead(String path, HttpResponse<String> got) {
    HttpResponse<String> head = client.send("HEAD", path);
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    for (String name :
        List.of(
            "Content-Length", "Content-Type", "ETag", "Vary", "Cache-Control", "Cache-Status")) {
      assertThat(header(head, name)).as(name).isEqualTo(header(got, name));
    }
  }

  private void assertUnchanged(String path, String tag) {
    HttpResponse<String> unchanged = client.get(path, "If-None-Match", "\"other\", " + tag);
    assertThat(unchanged.statusCode()).isEqualTo(304);
    assertThat(unchanged.body()).isEmpty();
    assertThat(header(unchanged, "ETag")).isEqualTo(tag);
    assertThat(header(unchanged, "Vary")).isEqualTo("Accept");
    assertThat(client.get(path, "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
    assertThat(client.get(path, "If-Match", "\"other\"").statusCode()).isEqualTo(412);
    assertThat(client.get(path, "If-Match", tag).statusCode()).isEqualTo(200);
  }

  @Test
  void formats_emptyAnswer_hasWhatTheFormatHasWithoutRows() {
    assertThat(client.get(NOBODY).body()).isEqualTo("[]");
    assertThat(client.get(NOBODY + "?format=ndjson").body()).isEmpty();
    assertThat(client.get(NOBODY + "?format=csv").body())
        .isEqualTo("O_CLERK,MONTH,SUM_TOTALPRICE\r\n");
    assertThat(client.get(NOBODY + "?format=xml").body())
        .isEqualTo("<?xml version=\"1.0\" encoding=\"UTF-8\"?><records></records>");
    for (String format : List.of("json", "ndjson", "csv", "xml")) {
      HttpResponse<String> answer = client.get(NOBODY + "?format=" + format);
      assertHead(NOBODY + "?format=" + format, answer);
      assertUnchanged(NOBODY + "?format=" + format, header(answer, "ETag"));
    }
  }

  @Test
  void formats_csv_isAnAttachment_namedAsTheQuery() {
    assertThat(header(client.get(TOP + "?format=csv"), "Content-Disposition"))
        .isEqualTo("attachment; filename=\"top-customers.csv\"");
    assertThat(header(client.get(TOP), "Content-Disposition")).isEmpty();
  }

  @Test
  void formats_noneThatIsAcceptable_is406_thatNamesThem_andNoStatement() {
    int statements = client.statements();
    HttpResponse<String> answer =
        client.get(TOP + "?start_range=1994-12-31", "Accept", "image/png, text/html;q=0.5");
    assertThat(answer.statusCode()).isEqualTo(406);
    assertThat(answer.body())
        .contains("application/json, application/x-ndjson, text/csv or application/xml");
    assertThat(client.statements()).isEqualTo(statements);
    assertThat(client.get(TOP + "?format=xml", "Accept", "image/png").statusCode()).isEqualTo(200);
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
