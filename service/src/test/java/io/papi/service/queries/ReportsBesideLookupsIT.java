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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Reports take nothing that lookups need: each have connections, warehouses, breakers. */
@Timeout(120)
class ReportsBesideLookupsIT {
  private static final int REPORTS = 8;
  private static final int LOOKUPS = 50;

  /** Births runs in one warehouse, and this in another. */
  private static final String COUNT =
      """
      queries-warehouse = REPORTS_WH
      queries.count {
        paths = ["/count/{last}"]
        sql = "SELECT COUNT(*) AS counted FROM hybrid_customer WHERE c_customer_sk <= :last"
        parameters.last { type = whole, min = 0, max = 500 }
        warehouse = OTHER_WH
      }
      """;

  private final EmbeddedStore database = Customers.load(500);
  private final SnowflakeStandIn snowflake = SnowflakeStandIn.start(database.dataSource());

  @TempDir private Path directory;

  @AfterEach
  void stop() {
    snowflake.close();
    database.close();
  }

  @Test
  void get_whileReportsHang_lookupsNoticeNothing() throws Exception {
    try (TestService service = start();
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      TestClient client = service.client();
      snowflake.always(Fault.HANG, Births.PART);
      List<Future<HttpResponse<String>>> reports = new ArrayList<>();
      for (int year = 1950; year < 1950 + REPORTS; year++) {
        String path = "/births/" + year;
        reports.add(callers.submit(() -> client.get(path)));
      }
      Await.until("they wait", () -> client.metric("papi_inflight") == REPORTS);
      Await.until("two run", () -> Births.statements(snowflake) == 2);

      assertLookups(client);
      assertThat(client.get("/count/7").body()).isEqualTo("[{\"COUNTED\":7}]");

      assertThat(Births.statements(snowflake)).as("of queries-connections").isEqualTo(2);
      assertThat(client.metric("papi_inflight")).isEqualTo(REPORTS);
      snowflake.behave();
      snowflake.release();
      for (Future<HttpResponse<String>> report : reports) {
        assertThat(report.get().statusCode()).isEqualTo(200);
      }
    } finally {
      snowflake.release();
    }
  }

  @Test
  void get_queriesWarehouseIsGone_harmsNoLookup_andNoQueryElsewhere() {
    try (TestService service = start()) {
      TestClient client = service.client();
      assertThat(client.get("/births/1950").statusCode()).isEqualTo(200);
      snowflake.drop("REPORTS_WH");
      for (int year = 1951; year < 1971; year++) {
        HttpResponse<String> answer = client.get("/births/" + year);
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
      }
      assertThat(client.get("/births/1950").statusCode()).isEqualTo(200);
      assertLookups(client);
      assertThat(client.get("/count/8").body()).isEqualTo("[{\"COUNTED\":8}]");
      assertThat(client.metric("papi_breaker_state", "name=\"queries\"")).isZero();
      snowflake.drop("");
      Await.until("it recovers", () -> client.get("/births/1951").statusCode() == 200);
    }
  }

  /** What the first contact finds broken is broken for its own callers alone. */
  @Test
  void start_queriesWarehouseIsGone_isOpenForLookups_andRecovers() {
    snowflake.drop("REPORTS_WH");
    try (TestService service = start("start-wait = 300ms")) {
      TestClient client = service.client();
      assertLookups(client);
      assertThat(client.get("/births/1950").statusCode()).isEqualTo(503);
      assertThat(client.admin("/health/ready").statusCode()).isEqualTo(200);
      snowflake.drop("");
      Await.until("it recovers", () -> client.get("/births/1950").statusCode() == 200);
    }
  }

  @Test
  void start_eachWarehouse_hasSessionsAndAPoolOfItsOwn() {
    try (TestService service = start()) {
      TestClient client = service.client();
      assertThat(client.get("/births/1950").statusCode()).isEqualTo(200);
      assertThat(client.get("/count/1").statusCode()).isEqualTo(200);
      assertThat(snowflake.warehouses()).contains("REPORTS_WH", "OTHER_WH", "LOOKUPS_WH");
      assertThat(snowflake.warehouses().stream().filter("LOOKUPS_WH"::equals)).hasSize(8);
      for (String pool : List.of("queries/REPORTS_WH", "queries/OTHER_WH")) {
        assertThat(client.metric("hikaricp_connections_max", "pool=\"" + pool + "\""))
            .as(pool)
            .isEqualTo(2);
      }
      assertThat(client.metric("hikaricp_connections_max", "pool=\"store\"")).isEqualTo(8);
    }
  }

  /** Customers that are in no cache, each by a statement of its own. */
  private static void assertLookups(TestClient client) {
    double timeouts = timeouts(client);
    for (int id = 1; id <= LOOKUPS; id++) {
      HttpResponse<String> row = client.get("/customer/" + id, "Cache-Control", "no-cache");
      assertThat(row.statusCode()).isEqualTo(200);
      assertThat(row.body()).startsWith("[{\"C_CUSTOMER_SK\":" + id + ",");
      assertThat(row.headers().firstValue("Age")).contains("0");
    }
    assertThat(client.metric("papi_breaker_state", "name=\"store\"")).isZero();
    assertThat(client.metric("papi_breaker_state", "name=\"store/customer\"")).isZero();
    assertThat(client.metric("hikaricp_connections_pending", "pool=\"store\"")).isZero();
    Await.until(
        "none of theirs is in use",
        () -> client.metric("hikaricp_connections_active", "pool=\"store\"") == 0);
    assertThat(timeouts(client)).isEqualTo(timeouts);
    assertThat(client.metric("papi_rejected_total")).isZero();
  }

  /** The start may have some: the first contact does not wait until a connection is open. */
  private static double timeouts(TestClient client) {
    return client.metric("hikaricp_connections_timeout_total", "pool=\"store\"");
  }

  private TestService start(String... lines) {
    Map<String, String> environment = new HashMap<>(snowflake.environment());
    environment.put("SNOWFLAKE_WAREHOUSE", "LOOKUPS_WH");
    return TestService.start(
        Births.environment(directory, environment, COUNT, String.join("\n", lines)));
  }
}
