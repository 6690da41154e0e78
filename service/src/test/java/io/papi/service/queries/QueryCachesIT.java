package io.papi.service.queries;

import static org.assertj.core.api.Assertions.assertThat;

import io.papi.store.embedded.EmbeddedStore;
import io.papi.testing.Await;
import io.papi.testing.Customers;
import io.papi.testing.SnowflakeStandIn;
import io.papi.testing.SnowflakeStandIn.Fault;
import io.papi.testing.TestClient;
import io.papi.testing.TestService;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of a query's answers, for how long, and what is not. Each test asks for its own. */
@Timeout(240)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QueryCachesIT {
  private static final int CUSTOMERS = 500;

  /** The text that only one query's statements have. */
  private static final String LARGE = "AS a_month";

  private static final String FEW = "AS few";
  private static final String SMALL = "AS small";
  private static final String RATIO = "AS ratio";
  private static final String ALL = "AS everybody";

  private EmbeddedStore database;
  private SnowflakeStandIn snowflake;
  private TestService service;
  private TestClient client;

  @BeforeAll
  void start(@TempDir Path directory) {
    database = Customers.load(CUSTOMERS);
    snowflake = SnowflakeStandIn.start(database.dataSource());
    Map<String, String> environment = new HashMap<>(snowflake.environment());
    environment.put("PAPI_FRESH_FOR", "1h");
    service =
        TestService.start(
            Births.environment(
                directory,
                environment,
                """
                queries.large {
                  paths = ["/large/{month}"]
                  sql = "SELECT c_birth_month AS a_month, c_email_address FROM hybrid_customer WHERE c_birth_month = :month"
                  parameters.month { type = whole, min = 1, max = 12 }
                  max-cached-bytes = 1 KiB
                }
                queries.few {
                  paths = ["/few"]
                  sql = "SELECT c_customer_sk AS few FROM hybrid_customer WHERE c_customer_sk <= :last ORDER BY 1"
                  parameters.last { type = whole, min = 0, max = 500, default = 500 }
                  max-rows = 3
                }
                queries.small {
                  paths = ["/small"]
                  sql = "SELECT c_customer_sk AS small FROM hybrid_customer WHERE c_customer_sk <= :last ORDER BY 1"
                  parameters.last { type = whole, min = 0, max = 500, default = 500 }
                  max-bytes = 1 KiB
                }
                queries.ratio {
                  paths = ["/ratio/{from}"]
                  sql = "SELECT CAST(100 / (c_customer_sk - :from) AS INT) AS ratio FROM hybrid_customer WHERE c_customer_sk = 7"
                  parameters.from { type = whole, min = 0, max = 500 }
                }
                queries.all {
                  paths = ["/all"]
                  sql = "SELECT COUNT(*) AS everybody FROM hybrid_customer"
                }
                """));
    client = service.client();
  }

  @AfterAll
  void stop() {
    snowflake.release();
    service.close();
    snowflake.close();
    database.close();
  }

  @Test
  void get_again_isAHit_withAgeAndMaxAge() {
    long before = Births.statements(snowflake);
    HttpResponse<String> cold = client.get("/births/1950");
    assertThat(cold.statusCode()).isEqualTo(200);
    assertThat(cold.body()).startsWith("[{\"C_BIRTH_MONTH\":").contains(",\"CUSTOMERS\":");
    assertThat(header(cold, "Cache-Status")).isEqualTo("near; fwd=miss");
    assertThat(header(cold, "Server-Timing")).startsWith("store;dur=");
    assertThat(header(cold, "Age")).isEqualTo("0");
    assertThat(header(cold, "Cache-Control")).isEqualTo("private, max-age=3600");
    Await.until(
        "it is a second old",
        () -> {
          HttpResponse<String> hit = client.get("/reports/births/1950");
          assertThat(hit.body()).isEqualTo(cold.body());
          assertThat(header(hit, "Cache-Status")).isEqualTo("near; hit");
          return header(hit, "Age").equals("1");
        });
    assertThat(Births.statements(snowflake) - before).isEqualTo(1);
  }

  @Test
  void get_noCacheOrMaxAge_readsAgain_asTheCallerWants() {
    long before = Births.statements(snowflake);
    String cold = client.get("/births/1951").body();
    assertThat(client.get("/births/1951", "Cache-Control", "no-cache").body()).isEqualTo(cold);
    assertThat(Births.statements(snowflake) - before).isEqualTo(2);
    assertThat(header(client.get("/births/1951", "Cache-Control", "max-age=60"), "Cache-Status"))
        .isEqualTo("near; hit");
    Await.until(
        "it is older than a second",
        () -> {
          String age = header(client.get("/births/1951"), "Age");
          return Integer.parseInt(age) > 1;
        });
    assertThat(header(client.get("/births/1951", "Cache-Control", "max-age=1"), "Cache-Status"))
        .isEqualTo("near; fwd=miss");
    assertThat(Births.statements(snowflake) - before).isEqualTo(3);
  }

  @Test
  void head_cold_asksTheStore_andGetIsAHit() {
    HttpResponse<String> head = client.send("HEAD", "/births/1952");
    assertThat(head.statusCode()).isEqualTo(200);
    HttpResponse<String> get = client.get("/births/1952");
    assertThat(header(get, "Cache-Status")).isEqualTo("near; hit");
    assertThat(header(head, "Content-Length")).isEqualTo("" + get.body().length());
  }

  @Test
  void invalidate_byPathAndParameters_isThatAnswerAlone() {
    client.get("/births/1953");
    client.get("/births/1954");
    HttpResponse<String> gone = client.admin("DELETE", "/cache/reports/births/1953");
    assertThat(gone.statusCode()).isEqualTo(200);
    assertThat(gone.body())
        .isEqualTo(
            "{\"dataset\":\"births\",\"forgotten\":[\"year=1953\"],"
                + "\"by\":\"this instance and its Redis\",\"confirmed\":true}");
    assertThat(header(client.get("/births/1954"), "Cache-Status")).isEqualTo("near; hit");
    assertThat(header(client.get("/births/1953"), "Cache-Status")).isEqualTo("near; fwd=miss");
    assertThat(client.admin("DELETE", "/cache/births/then").statusCode()).isEqualTo(400);
    assertThat(client.admin("DELETE", "/cache/births/1954?a=1").statusCode()).isEqualTo(400);
    assertThat(client.admin("DELETE", "/cache/births").statusCode()).isEqualTo(404);
    assertThat(client.send("DELETE", "/cache/births/1954").statusCode()).isEqualTo(405);
    assertThat(header(client.get("/births/1954"), "Cache-Status")).isEqualTo("near; hit");
  }

  @Test
  void get_withoutParameters_isOneAnswer_thatCanBeInvalidated() {
    assertThat(client.get("/all").body()).isEqualTo("[{\"EVERYBODY\":500}]");
    assertThat(header(client.get("/all?format=csv"), "Cache-Status")).isEqualTo("near; hit");
    assertThat(client.admin("DELETE", "/cache/all").statusCode()).isEqualTo(200);
    assertThat(header(client.get("/all"), "Cache-Status")).isEqualTo("near; fwd=miss");
    assertThat(Births.statements(snowflake, ALL)).isEqualTo(2);
  }

  @Test
  void get_largerThanMaxCachedBytes_isServedToAllWhoWait_andKeptNowhere() throws Exception {
    snowflake.always(Fault.HANG, LARGE);
    List<Future<HttpResponse<String>>> waiting = new ArrayList<>();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int caller = 0; caller < 20; caller++) {
        waiting.add(callers.submit(() -> client.get("/large/3")));
      }
      Await.until("they wait", () -> client.metric("papi_inflight") == waiting.size());
      snowflake.behave();
      snowflake.release();
      for (Future<HttpResponse<String>> answer : waiting) {
        assertThat(answer.get().statusCode()).isEqualTo(200);
        assertThat(answer.get().body().length()).isGreaterThan(1_024);
        assertThat(answer.get().body()).startsWith("[{\"A_MONTH\":3,").endsWith("}]");
      }
    }
    assertThat(Births.statements(snowflake, LARGE)).isEqualTo(1);
    String tag = header(waiting.getFirst().get(), "ETag");
    HttpResponse<String> again = client.get("/large/3", "If-None-Match", tag);
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(Births.statements(snowflake, LARGE)).isEqualTo(2);
    assertThat(client.metric("papi_cache_too_large_total", "dataset=\"large\"")).isEqualTo(2);
    assertThat(client.metric("cache_size", "dataset=\"large\"")).isZero();
  }

  @Test
  void get_moreThanMaxRows_is422_thatSaysSo_andIsRemembered() {
    assertThat(client.get("/few?last=3").body()).isEqualTo("[{\"FEW\":1},{\"FEW\":2},{\"FEW\":3}]");
    assertTooLarge("/few", FEW, "more than 3 rows");
    assertThat(header(client.get("/few?last=3"), "Cache-Status")).isEqualTo("near; hit");
  }

  @Test
  void get_moreThanMaxBytes_is422_thatSaysSo_andIsRemembered() {
    assertThat(client.get("/small?last=60").statusCode()).isEqualTo(200);
    assertTooLarge("/small?last=100", SMALL, "or 1024 bytes");
  }

  private void assertTooLarge(String path, String part, String says) {
    long before = Births.statements(snowflake, part);
    for (String each :
        List.of(path, path, path + (path.contains("?") ? "&" : "?") + "format=csv")) {
      HttpResponse<String> answer = client.get(each);
      assertThat(answer.statusCode()).isEqualTo(422);
      assertThat(answer.body()).contains("\"title\":\"Unprocessable", says);
      assertThat(header(answer, "Cache-Control")).isEqualTo("no-store");
    }
    assertThat(Births.statements(snowflake, part) - before).isEqualTo(1);
  }

  @Test
  void get_valuesWithoutAResult_is502_andRemembered_andNoFailureOfTheStore() {
    assertThat(client.get("/ratio/2").body()).isEqualTo("[{\"RATIO\":20}]");
    long before = Births.statements(snowflake, RATIO);
    for (int i = 0; i < 20; i++) {
      HttpResponse<String> answer = client.get("/ratio/7");
      assertThat(answer.statusCode()).isEqualTo(502);
      assertThat(answer.body()).contains("cannot be shown").doesNotContain("zero", "22012");
    }
    assertThat(Births.statements(snowflake, RATIO) - before).isEqualTo(1);
    assertThat(client.metric("papi_store_unreadable_total", "dataset=\"ratio\"")).isEqualTo(1);
    assertThat(client.metric("papi_breaker_state", "name=\"store/ratio\"")).isZero();
    assertThat(client.get("/ratio/6").statusCode()).isEqualTo(200);
  }

  @Test
  void metrics_haveTheQuerysName_andThePathsTemplate() {
    client.get("/births/1960");
    client.get("/reports/births/1960");
    client.get("/births/never");
    assertThat(client.metric("papi_store_query_seconds_count", "dataset=\"births\"")).isPositive();
    String path = "uri=\"/births/{year}\"";
    assertThat(client.metric("http_server_requests_seconds_count", path, "status=\"200\""))
        .isPositive();
    assertThat(client.metric("http_server_requests_seconds_count", path, "status=\"400\""))
        .isPositive();
    assertThat(
            client.metric("http_server_requests_seconds_count", "uri=\"/reports/births/{year}\""))
        .isPositive();
    String births = "dataset=\"births\"";
    for (String result : List.of("hit", "miss")) {
      assertThat(client.metric("cache_gets_total", births, "result=\"" + result + "\""))
          .as(result)
          .isPositive();
    }
    assertThat(client.metric("papi_row_age_seconds_count", births)).isPositive();
    // without the values, whose digits may be any
    assertThat(client.admin("/metrics").body().lines().map(QueryCachesIT::nameAndLabels))
        .noneMatch(line -> line.contains("1960") || line.contains("c_birth_month"));
    assertThat(client.admin("/health/ready").body()).contains("\"store/births\":\"up\"");
  }

  private static String nameAndLabels(String line) {
    return line.startsWith("#") ? line : line.substring(0, line.lastIndexOf(' '));
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
