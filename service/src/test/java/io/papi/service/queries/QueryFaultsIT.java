package io.papi.service.queries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.papi.store.SchemaMismatchException;
import io.papi.store.embedded.EmbeddedStore;
import io.papi.testing.Await;
import io.papi.testing.Customers;
import io.papi.testing.SnowflakeStandIn;
import io.papi.testing.SnowflakeStandIn.Fault;
import io.papi.testing.TestClient;
import io.papi.testing.TestService;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What callers of a report see if its statements fail, hang, or answer otherwise than before. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QueryFaultsIT {
  private final List<AutoCloseable> opened = new ArrayList<>();
  private EmbeddedStore database;
  private SnowflakeStandIn snowflake;

  @TempDir private Path directory;

  @BeforeAll
  void makeDatabase() {
    database = Customers.load(500);
  }

  @AfterAll
  void dropDatabase() {
    database.close();
  }

  @BeforeEach
  void startSnowflake() {
    snowflake = SnowflakeStandIn.start(database.dataSource());
  }

  @AfterEach
  void stop() throws Exception {
    snowflake.release();
    for (AutoCloseable part : opened.reversed()) {
      part.close();
    }
    opened.clear();
    snowflake.close();
  }

  @Test
  void get_statementsFail_aStaleReportStandsIn_withItsAge_elseItIs503() {
    TestClient client = start("queries.births.fresh-for = 1s", "queries.births.deadline = 5s");
    String report = client.get("/births/1950").body();
    snowflake.always(Fault.NOT_AN_ANSWER, Births.PART);
    HttpResponse<String> stale = awaitStale(client, "/births/1950");
    assertThat(stale.body()).isEqualTo(report);
    assertThat(Integer.parseInt(header(stale, "Age"))).isGreaterThanOrEqualTo(1);
    assertThat(client.get("/births/1950?format=csv").body()).startsWith("C_BIRTH_MONTH,CUSTOMERS");
    assertThat(client.metric("papi_stale_served_total", "dataset=\"births\"")).isPositive();

    HttpResponse<String> unknown = client.get("/births/1951");
    assertThat(unknown.statusCode()).isEqualTo(503);
    assertThat(header(unknown, "Retry-After")).isNotEmpty();
    assertThat(unknown.body()).doesNotContainIgnoringCase("select", "snowflake", "exception");

    snowflake.behave();
    Await.until("it recovers", () -> client.get("/births/1951").statusCode() == 200);
    Await.until(
        "it is read again",
        () -> !header(client.get("/births/1950"), "Cache-Status").contains("ttl=-"));
  }

  @Test
  void get_columnsHaveChanged_is502_orAStaleReport() {
    TestClient client = start("queries.births.fresh-for = 1s");
    String report = client.get("/births/1950").body();
    snowflake.present("C_BIRTH_MONTH", "text");
    HttpResponse<String> changed = client.get("/births/1951");
    assertThat(changed.statusCode()).isEqualTo(502);
    assertThat(changed.body()).contains("its columns have changed");
    assertThat(awaitStale(client, "/births/1950").body()).isEqualTo(report);
    snowflake.present("C_BIRTH_MONTH", "fixed");
    Await.until("it recovers", () -> client.get("/births/1951").statusCode() == 200);
  }

  @Test
  void get_statementsFail_opensTheQuerysBreaker_andNoOther() {
    TestClient client = start();
    snowflake.always(Fault.NOT_AN_ANSWER, Births.PART);
    for (int year = 1950; breaker(client, "store/births") != 1; year++) {
      assertThat(client.get("/births/" + year).statusCode()).isEqualTo(503);
    }
    long before = Births.statements(snowflake);
    assertThat(client.get("/births/1990").statusCode()).isEqualTo(503);
    assertThat(Births.statements(snowflake) - before).isLessThanOrEqualTo(3); // it may be on trial
    assertThat(client.get("/customer/1").statusCode()).isEqualTo(200);
    for (String other : List.of("queries", "store", "store/customer")) {
      assertThat(breaker(client, other)).as(other).isZero();
    }
    assertThat(client.admin("/health/ready").statusCode()).isEqualTo(200);
    assertThat(client.admin("/health/ready").body()).contains("\"store/births\":\"down\"");
  }

  @Test
  void get_longerThanItsDeadline_is504_andTheNextCallerFindsWhatItBrings() {
    TestClient client = start("queries.births.deadline = 1s");
    snowflake.take(Duration.ofMillis(1_500), Births.PART);
    HttpResponse<String> late = client.get("/births/1950");
    assertThat(late.statusCode()).isEqualTo(504);
    assertThat(late.body()).contains("no answer within 1000 ms");
    Await.until("it is kept", () -> client.metric("cache_size", "dataset=\"births\"") == 1);
    assertThat(header(client.get("/births/1950"), "Cache-Status")).isEqualTo("near; hit");
    assertThat(client.metric("papi_store_query_seconds_count", "dataset=\"births\"")).isEqualTo(1);
  }

  @Test
  void get_longerThanTwiceItsDeadline_isCancelled_andTheLaneComesBack() {
    TestClient client = start("queries-connections = 1", "queries.births.deadline = 500ms");
    snowflake.always(Fault.HANG, Births.PART);
    assertThat(client.get("/births/1950").statusCode()).isEqualTo(504);
    assertThat(
            snowflake.requests().stream()
                .toList()
                .getLast()
                .path("parameters")
                .path("STATEMENT_TIMEOUT_IN_SECONDS")
                .asInt())
        .isEqualTo(1);
    Await.until(
        "the statement has ended",
        () ->
            client.metric(
                    "papi_store_query_seconds_count", "dataset=\"births\"", "outcome=\"failed\"")
                == 1);
    snowflake.behave();
    assertThat(client.get("/births/1951").statusCode()).isEqualTo(200);
  }

  @Test
  void get_storeUnreachableAtTheStart_is503_andRightLater() {
    int port = snowflake.port();
    snowflake.close();
    TestClient client = start("start-wait = 100ms");
    HttpResponse<String> answer = client.get("/births/1950?format=csv");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(header(answer, "Retry-After")).isNotEmpty();
    assertThat(client.get("/births/never").statusCode()).isEqualTo(400);
    snowflake = SnowflakeStandIn.start(database.dataSource(), port);
    Await.until(
        "it is answered",
        () -> client.get("/births/1950?format=csv").body().startsWith("C_BIRTH_MONTH,CUSTOMERS"));
  }

  @Test
  void start_sqlThatTheDatabaseDoesNotTake_isRefused_namingTheQuery_andNoSql() {
    assertThatThrownBy(() -> start(query("SELECT no_such_column FROM hybrid_customer")))
        .isInstanceOf(SchemaMismatchException.class)
        .hasMessageContainingAll("query wrong", "queries.wrong.enabled = false")
        .hasMessageNotContaining("no_such_column");
    assertThatThrownBy(() -> start(query("SELECT 1 AS one, 2 AS one FROM hybrid_customer")))
        .isInstanceOf(SchemaMismatchException.class)
        .hasMessageContainingAll("query wrong", "two columns have one name");
  }

  private static String query(String sql) {
    return "queries.wrong { paths = [\"/wrong\"], sql = \"" + sql + "\" }";
  }

  /** Asks until the answer is past its fresh time; it is 200 all the while. */
  private static HttpResponse<String> awaitStale(TestClient client, String path) {
    List<HttpResponse<String>> answers = new ArrayList<>();
    Await.until(
        "a stale report",
        () -> {
          HttpResponse<String> answer = client.get(path);
          assertThat(answer.statusCode()).isEqualTo(200);
          answers.add(answer);
          return header(answer, "Cache-Status").contains("ttl=-");
        });
    return answers.getLast();
  }

  private static double breaker(TestClient client, String name) {
    return client.metric("papi_breaker_state", "name=\"" + name + "\"");
  }

  private TestClient start(String... lines) {
    TestService service =
        TestService.start(Births.environment(directory, snowflake.environment(), lines));
    opened.add(service);
    return service.client();
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
