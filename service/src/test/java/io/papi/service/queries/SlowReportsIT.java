package io.papi.service.queries;

import static org.assertj.core.api.Assertions.assertThat;

import io.papi.store.embedded.EmbeddedStore;
import io.papi.testing.Await;
import io.papi.testing.Customers;
import io.papi.testing.ServiceProcess;
import io.papi.testing.SnowflakeStandIn;
import io.papi.testing.TestClient;
import io.papi.testing.TestService;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Reports whose statements take long in the embedded store, or in Snowflake's stand-in. */
@Timeout(240)
class SlowReportsIT {
  private static final Duration PAUSE = Duration.ofMillis(50);

  /** A row takes as many milliseconds as the request says; the store looks up at every 128th. */
  private static final String SLOW =
      """
      embedded-scripts = [slow.sql]
      queries.slow {
        paths = ["/slow/{rows}"]
        sql = "SELECT COUNT(*) AS counted, COUNT(PAUSE(:millis)) AS paused FROM SYSTEM_RANGE(1, :rows)"
        parameters.rows { type = whole, min = 0, max = 1000000 }
        parameters.millis { type = whole, min = 0, max = 60000, default = 0 }
      }
      """;

  private static final String ALIAS =
      "CREATE ALIAS DATA.PAUSE FOR \"java.lang.Thread.sleep(long)\";";

  @TempDir private Path directory;

  @Test
  void get_longerThanTwiceItsDeadline_isCancelledInTheEmbeddedStore_andTheLaneComesBack()
      throws IOException {
    try (TestService service =
        TestService.start(slow("queries-connections = 1", "queries.slow.deadline = 500ms"))) {
      TestClient client = service.client();
      assertThat(client.get("/slow/1000000?millis=1").statusCode()).isEqualTo(504);
      assertThat(client.get("/customer/1").statusCode()).isEqualTo(200);
      Await.until(
          "it was cancelled",
          () ->
              client.metric(
                      "papi_store_query_seconds_count", "dataset=\"slow\"", "outcome=\"failed\"")
                  == 1);
      Await.until(
          "the lane is back",
          () -> client.get("/slow/2").body().equals("[{\"COUNTED\":2,\"PAUSED\":0}]"));
    }
  }

  @Test
  void get_slowReport_thatIsAskedForAllTheTime_isReadAhead_andNobodyWaits() {
    try (EmbeddedStore database = Customers.load(100);
        SnowflakeStandIn snowflake = SnowflakeStandIn.start(database.dataSource());
        TestService service =
            TestService.start(
                Births.environment(
                    directory,
                    snowflake.environment(),
                    "queries.births.fresh-for = 6s",
                    "queries.births.jitter = 0"))) {
      snowflake.take(Duration.ofMillis(500), Births.PART);
      TestClient client = service.client();
      assertThat(client.get("/births/1950").statusCode()).isEqualTo(200);
      List<String> sources = new ArrayList<>();
      while (client.metric("papi_refresh_total", "dataset=\"births\"", "outcome=\"ok\"") < 2) {
        HttpResponse<String> answer = client.get("/births/1950");
        assertThat(answer.statusCode()).isEqualTo(200);
        sources.add(answer.headers().firstValue("Cache-Status").orElse(""));
        LockSupport.parkNanos(PAUSE.toNanos());
      }
      // a pause of this machine at the wrong moment may let it end
      assertThat(sources.stream().filter(status -> !status.equals("near; hit")).count())
          .isLessThan(sources.size() / 20 + 1L);
      assertThat(Births.statements(snowflake)).isLessThanOrEqualTo(4);
    }
  }

  @Test
  void sigterm_slowReportInFlight_isAnswered() throws Exception {
    try (ServiceProcess service =
            ServiceProcess.start(directory, slow("redis = off")).awaitServing();
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      TestClient client = service.client();
      Future<HttpResponse<String>> report = callers.submit(() -> client.get("/slow/1?millis=4500"));
      Await.until("it runs", () -> client.metric("papi_inflight") == 1);
      service.process().destroy();
      assertThat(report.get().statusCode()).isEqualTo(200);
      assertThat(report.get().body()).isEqualTo("[{\"COUNTED\":1,\"PAUSED\":0}]");
      assertThat(service.process().waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(service.log()).contains("all requests have been answered");
    }
  }

  private Map<String, String> slow(String... lines) throws IOException {
    Files.writeString(directory.resolve("slow.sql"), ALIAS);
    return Births.environment(directory, Map.of(), SLOW + String.join("\n", lines));
  }
}
