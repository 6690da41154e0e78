package io.papi.http.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.papi.testing.TestClient;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The contract of an answer, whatever the store is. The store has the first 2,000 TPC-DS customers.
 */
@Timeout(60)
public abstract class HttpContract {
  private static final String CUSTOMER_1885 =
      "{\"C_CUSTOMER_SK\":1885,\"C_CUSTOMER_ID\":\"AAAAAAAANFHAAAAA\","
          + "\"C_CURRENT_CDEMO_SK\":1570835,\"C_CURRENT_HDEMO_SK\":232,"
          + "\"C_CURRENT_ADDR_SK\":20818429,\"C_FIRST_SHIPTO_DATE_SK\":2452288,"
          + "\"C_FIRST_SALES_DATE_SK\":2452258,\"C_SALUTATION\":\"Sir\","
          + "\"C_FIRST_NAME\":\"Ernest\",\"C_LAST_NAME\":\"Fields\","
          + "\"C_PREFERRED_CUST_FLAG\":\"N\",\"C_BIRTH_DAY\":12,\"C_BIRTH_MONTH\":4,"
          + "\"C_BIRTH_YEAR\":1951,\"C_BIRTH_COUNTRY\":\"NORWAY\",\"C_LOGIN\":null,"
          + "\"C_EMAIL_ADDRESS\":\"Ernest.Fields@xRA0BP8IG.edu\","
          + "\"C_LAST_REVIEW_DATE\":\"2452495\"}";

  /** A caller of the service under test. */
  protected abstract TestClient client();

  @Test
  public void get_oneId_isAnArrayOfTheRow() {
    HttpResponse<String> answer = client().get("/customer/1885");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "Content-Type")).isEqualTo("application/json");
    assertThat(answer.body()).isEqualTo("[" + CUSTOMER_1885 + "]");
  }

  @Test
  public void get_severalIds_keepsTheirOrder_onceEach_withoutTheUnknown() {
    String body = client().get("/customer/3,1,2,3,999999999").body();
    assertThat(keys(body)).isEqualTo("3,1,2");
  }

  @Test
  public void get_encodedComma_separates() {
    assertThat(keys(client().get("/customer/2%2C1").body())).isEqualTo("2,1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-5", "99999999999999999999999999999999999999", "0,-7"})
  public void get_unknownIds_isAnEmptyArrayForAShortTime(String ids) {
    HttpResponse<String> answer = client().get("/customer/" + ids);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("[]");
    assertThat(header(answer, "Cache-Control")).isEqualTo("private, max-age=30");
  }

  @Test
  public void get_hundredIds_isOneStatement_andOneMoreIsRefused() {
    int before = client().statements();
    HttpResponse<String> answer = client().get("/customer/" + ids(1001, 1100));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(keys(answer.body())).isEqualTo(ids(1001, 1100));
    assertThat(client().statements() - before).isEqualTo(1);
    assertProblem(client().get("/customer/" + ids(1, 101)), 400, "more than 100 ids");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1%20OR%201=1|id 1 (1 OR 1=1) is not a whole number",
        "a|id 1 (a) is not a whole number",
        "1,,2|id 2 is empty",
        "007|leading zero: write 7",
        "%2B1|is not a whole number",
        "-0|has a sign: write 0",
        "1;x=2|is not a whole number",
        "1%2F2|is not a whole number",
        "1/2|is not a whole number",
        "%00|is not a whole number",
        "%D9%A1|is not a whole number",
        "1,%20|id 2 ( ) is not a whole number",
        "999999999999999999999999999999999999999|more digits than 38",
      })
  public void get_badIds_areRefusedBeforeAnythingIsAsked(String ids, String reason) {
    int statements = client().statements();
    double gets = client().metric("cache_gets_total");
    assertProblem(client().get("/customer/" + ids), 400, reason);
    assertThat(client().statements()).isEqualTo(statements);
    assertThat(client().metric("cache_gets_total")).isEqualTo(gets);
  }

  @Test
  public void get_badEscape_is400() {
    assertThat(client().raw(request("GET /customer/%zz HTTP/1.1"))).startsWith("HTTP/1.1 400 ");
  }

  @Test
  public void get_everyAnswer_hasTheHeadersOfTheContract() {
    HttpResponse<String> answer = client().get("/customer/17");
    assertThat(header(answer, "Cache-Control")).isEqualTo("private, max-age=180");
    assertThat(header(answer, "Age")).isEqualTo("0");
    assertThat(header(answer, "ETag")).matches("\"[0-9a-f]{16}\"");
    assertThat(header(answer, "Cache-Status")).contains("near; fwd=miss");
    assertThat(header(answer, "Server-Timing")).contains("store;dur=");
    assertThat(header(answer, "X-Request-Id")).isNotEmpty();
    assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.headers().map()).doesNotContainKey("server");
  }

  @Test
  public void get_again_isANearHit() {
    client().get("/customer/18");
    HttpResponse<String> answer = client().get("/customer/18");
    assertThat(header(answer, "Cache-Status")).isEqualTo("near; hit");
    assertThat(header(answer, "Server-Timing")).isEqualTo("near;dur=0.0");
  }

  @Test
  public void get_batchPartlyKept_saysHowMuch() {
    client().get("/customer/" + ids(201, 207));
    HttpResponse<String> answer = client().get("/customer/" + ids(201, 210));
    assertThat(header(answer, "Cache-Status")).endsWith("near; fwd=miss; detail=\"7/10\"");
  }

  @Test
  public void get_sameRows_haveTheSameTag_otherwiseAnother() {
    String tag = header(client().get("/customer/21,22"), "ETag");
    assertThat(header(client().get("/customer/21,22"), "ETag")).isEqualTo(tag);
    assertThat(header(client().get("/customer/22,21"), "ETag")).isNotEqualTo(tag);
    assertThat(header(client().get("/customer/21"), "ETag")).isNotEqualTo(tag);
  }

  @Test
  public void get_ifNoneMatch_is304WithoutABody() {
    String tag = header(client().get("/customer/23"), "ETag");
    HttpResponse<String> answer = client().get("/customer/23", "If-None-Match", "W/\"0\", " + tag);
    assertThat(answer.statusCode()).isEqualTo(304);
    assertThat(answer.body()).isEmpty();
    assertThat(header(answer, "ETag")).isEqualTo(tag);
    assertThat(answer.headers().firstValue("Content-Length")).isEmpty();
    assertThat(header(answer, "Cache-Control")).isEqualTo("private, max-age=180");
    assertThat(header(answer, "X-Request-Id")).isNotEmpty();
    assertThat(client().get("/customer/23", "If-None-Match", "\"0\"").statusCode()).isEqualTo(200);
  }

  @Test
  public void head_ifNoneMatch_is304AsForGet() {
    String tag = header(client().get("/customer/23"), "ETag");
    HttpResponse<String> answer =
        client().send("HEAD", "/customer/23", "If-None-Match", tag, "If-Match", tag);
    assertThat(answer.statusCode()).isEqualTo(304);
    assertThat(answer.headers().firstValue("Content-Length")).isEmpty();
  }

  @Test
  public void get_ifMatch_is412UnlessItNamesTheTag() {
    String tag = header(client().get("/customer/26"), "ETag");
    for (String value : List.of(tag, "*", "\"0\", " + tag)) {
      assertThat(client().get("/customer/26", "If-Match", value).statusCode()).isEqualTo(200);
    }
    for (String value : List.of("\"0\"", "W/" + tag)) {
      HttpResponse<String> answer = client().get("/customer/26", "If-Match", value);
      assertProblem(answer, 412, "not what If-Match names");
      assertThat(answer.headers().map()).doesNotContainKeys("ETag", "Age");
      assertThat(client().get("/customer/26", "If-Match", value, "If-None-Match", tag).statusCode())
          .isEqualTo(412);
    }
    assertProblem(client().get("/customer/x", "If-Match", "\"0\""), 400, "not a whole number");
  }

  @Test
  public void page_preconditions_holdForWhatHasNoTag() {
    assertProblem(client().get("/", "If-Match", "\"0\""), 412, "not what If-Match names");
    assertThat(client().get("/", "If-Match", "*").statusCode()).isEqualTo(200);
    assertThat(client().get("/test", "If-None-Match", "*").statusCode()).isEqualTo(304);
    assertThat(client().get("/test", "If-None-Match", "\"0\"").statusCode()).isEqualTo(200);
  }

  @Test
  public void get_maxAgeZero_readsTheStoreAgain() {
    client().get("/customer/24");
    HttpResponse<String> answer = client().get("/customer/24", "Cache-Control", "max-age=0");
    assertThat(header(answer, "Cache-Status")).contains("near; fwd=miss");
    assertThat(header(answer, "Server-Timing")).contains("store;dur=");
  }

  @Test
  public void head_sameHeadersAsGet_withoutABody() {
    HttpResponse<String> get = client().get("/customer/25");
    HttpResponse<String> head = client().send("HEAD", "/customer/25");
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(header(head, "Content-Length")).isEqualTo(Integer.toString(get.body().length()));
    assertThat(header(head, "ETag")).isEqualTo(header(get, "ETag"));
    assertThat(client().send("HEAD", "/customer/x").statusCode()).isEqualTo(400);
  }

  @Test
  public void head_onOneConnection_doesNotDisturbTheNextRequest() {
    String answers =
        client()
            .raw(
                request("HEAD /customer/26 HTTP/1.1").replace("Connection: close\r\n", "")
                    + request("GET / HTTP/1.1"));
    assertThat(answers.split("HTTP/1.1 200 OK", -1)).hasSize(3);
    assertThat(answers).endsWith("{\"result\":\"Nothing to see here\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"})
  public void otherMethods_are405WithAllow(String method) {
    HttpResponse<String> answer = client().send(method, "/customer/1");
    assertProblem(answer, 405, "GET and HEAD");
    assertThat(header(answer, "Allow")).isEqualTo("GET, HEAD");
  }

  @Test
  public void pathOfBodies_takesNoOtherMethod() {
    HttpResponse<String> answer = client().get("/customer");
    assertProblem(answer, 405, "this path takes POST");
    assertThat(header(answer, "Allow")).isEqualTo("POST");
  }

  @Test
  public void root_saysTheGuidesWords() {
    HttpResponse<String> answer = client().get("/");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"result\":\"Nothing to see here\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nope", "/customers/1", "/favicon.ico", "/metrics"})
  public void unknownPath_is404WithTheGuidesWords(String path) {
    HttpResponse<String> answer = client().get(path);
    assertProblem(answer, 404, "nothing at this path");
    assertThat(answer.body()).contains("\"error\":\"Not found!\"");
  }

  @Test
  public void customerWithoutIds_is400() {
    assertProblem(client().get("/customer/"), 400, "id 1 is empty");
  }

  @Test
  public void requestId_ofTheCaller_isRepeatedWhereItIsSafe() {
    assertThat(header(client().get("/customer/1", "X-Request-Id", "order-7:a"), "X-Request-Id"))
        .isEqualTo("order-7:a");
    assertThat(header(client().get("/customer/x", "X-Request-Id", "order-8"), "X-Request-Id"))
        .isEqualTo("order-8");
    assertThat(header(client().get("/customer/1", "X-Request-Id", "a b<c>"), "X-Request-Id"))
        .doesNotContain("<");
  }

  @Test
  public void largeAnswer_onAKeptConnection_arrivesWhole() {
    String ids = ids(1301, 1400);
    String first = client().get("/customer/" + ids).body();
    assertThat(first).hasSizeGreaterThan(40_000);
    assertThat(client().get("/customer/" + ids).body()).isEqualTo(first);
  }

  @Test
  public void traceParent_isRepeatedOnAnswersAndErrors() {
    String parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    for (String path : List.of("/customer/1", "/customer/007", "/nope")) {
      assertThat(header(client().get(path, "traceparent", parent), "traceparent"))
          .isEqualTo(parent);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
      })
  public void traceParent_ofAnotherForm_isNotRepeated(String parent) {
    HttpResponse<String> answer = client().get("/customer/1", "traceparent", parent);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("traceparent")).isEmpty();
  }

  @Test
  public void health_isLiveAndReady() {
    assertThat(client().admin("/health/live").body()).isEqualTo("{\"status\":\"live\"}");
    HttpResponse<String> ready = client().admin("/health/ready");
    assertThat(ready.statusCode()).isEqualTo(200);
    assertThat(ready.body())
        .startsWith("{\"status\":\"ready\"")
        .contains("\"store/customer\":\"up\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/health/live", "/health/ready", "/metrics", "/nope", "/cache/customer/1"})
  public void admin_everyAnswer_hasNoBannerAndIsNotSniffed(String path) {
    HttpResponse<String> answer = client().admin(path);
    assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(header(answer, "Cache-Control")).isEqualTo("no-store");
    assertThat(header(answer, "X-Request-Id")).isNotEmpty();
    assertThat(answer.headers().map()).doesNotContainKey("server");
    HttpResponse<String> head = client().admin("HEAD", path);
    assertThat(head.statusCode()).isEqualTo(answer.statusCode());
    assertThat(head.body()).isEmpty();
  }

  @Test
  public void admin_otherMethodOrPath_isAProblem() {
    HttpResponse<String> answer = client().admin("POST", "/metrics");
    assertProblem(answer, 405, "GET and HEAD");
    assertThat(header(answer, "Allow")).isEqualTo("GET, HEAD");
    assertProblem(client().admin("/customer/1"), 404, "nothing at this path");
  }

  @Test
  public void delete_cached_readsTheStoreAgain() {
    client().get("/customer/31,32,33");
    HttpResponse<String> answer = client().admin("DELETE", "/cache/customer/31,33,31");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "Content-Type")).isEqualTo("application/json");
    assertThat(header(answer, "Cache-Control")).isEqualTo("no-store");
    assertThat(answer.body())
        .isEqualTo(
            "{\"dataset\":\"customer\",\"forgotten\":[\"31\",\"33\"],"
                + "\"by\":\"this instance and its Redis\",\"confirmed\":true}");
    assertThat(header(client().get("/customer/31,32,33"), "Cache-Status"))
        .endsWith("near; fwd=miss; detail=\"1/3\"");
    assertThat(header(client().get("/customer/31,32,33"), "Cache-Status")).isEqualTo("near; hit");
  }

  @Test
  public void delete_badIds_otherDatasetOrMethod_isAProblem() {
    assertProblem(client().admin("DELETE", "/cache/customer/1,x"), 400, "id 2 (x)");
    assertProblem(client().admin("DELETE", "/cache/customer/"), 400, "id 1 is empty");
    assertProblem(client().admin("DELETE", "/cache/customer/" + ids(1, 101)), 400, "100 ids");
    assertProblem(client().admin("DELETE", "/cache/nobody/1"), 404, "nothing at this path");
    assertProblem(client().admin("/cache%2Fcustomer/1/2"), 404, "nothing at this path");
    assertProblem(client().admin("DELETE", "/cache%2Fcustomer/1/2"), 405, "GET and HEAD");
    HttpResponse<String> get = client().admin("/cache/customer/1");
    assertProblem(get, 405, "this path takes DELETE");
    assertThat(header(get, "Allow")).isEqualTo("DELETE");
    assertThat(client().send("DELETE", "/cache/customer/1").statusCode()).isEqualTo(405);
  }

  @Test
  public void metrics_haveTheNamesOfTheDesign() {
    client().get("/customer/27");
    client().get("/customer/27");
    assertThat(client().admin("/metrics").body())
        .contains("http_server_requests_seconds_bucket{method=\"GET\",outcome=\"SUCCESS\"")
        .contains("cache_gets_total{cache=\"near\",dataset=\"customer\",result=\"hit\"}")
        .contains("papi_store_query_seconds_bucket{dataset=\"customer\",outcome=\"ok\"")
        .contains("papi_store_batch_keys_bucket{dataset=\"customer\"")
        .contains("papi_lookup_joined_total{dataset=\"customer\"}")
        .contains("papi_row_age_seconds_bucket{dataset=\"customer\"")
        .contains("papi_stale_served_total{dataset=\"customer\"}")
        .contains("papi_rejected_total{reason=\"pending\"}")
        .contains("papi_rejected_total{reason=\"lookups\"}")
        .contains("papi_deadline_exceeded_total{layer=\"store\"}")
        .contains("papi_requests_refused_total{reason=\"malformed\"}")
        .contains("papi_requests_refused_total{reason=\"version\"}")
        .contains("papi_inflight")
        .contains("papi_breaker_state{name=\"store\"}")
        .contains("papi_build_info{version=")
        .contains("hikaricp_connections_active{pool=\"store\"}")
        .contains("jvm_memory_used_bytes")
        .contains("process_files_open_files");
  }

  private static void assertProblem(HttpResponse<String> answer, int status, String detail) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(header(answer, "Content-Type")).isEqualTo("application/problem+json");
    assertThat(header(answer, "Cache-Control")).isEqualTo("no-store");
    assertThat(answer.body())
        .startsWith("{\"type\":\"about:blank\",\"title\":")
        .contains("\"status\":" + status)
        .contains(detail)
        .contains("\"requestId\":\"" + header(answer, "X-Request-Id") + "\"");
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  private static String request(String line) {
    return line + "\r\nHost: papi\r\nConnection: close\r\n\r\n";
  }

  /** The keys of the rows in an answer, in its order. */
  private static String keys(String body) {
    return Pattern.compile("\"C_CUSTOMER_SK\":([0-9]+)")
        .matcher(body)
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.joining(","));
  }

  private static String ids(int from, int to) {
    return IntStream.rangeClosed(from, to)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(","));
  }
}
