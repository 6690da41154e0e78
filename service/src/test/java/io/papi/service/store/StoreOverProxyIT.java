package io.papi.service.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.papi.store.embedded.EmbeddedStore;
import io.papi.testing.Await;
import io.papi.testing.Customers;
import io.papi.testing.SnowflakeStandIn;
import io.papi.testing.TestClient;
import io.papi.testing.TestService;
import io.papi.testing.proxy.FaultProxy;
import io.papi.testing.proxy.FaultProxy.Direction;
import io.papi.testing.proxy.Toxic;
import io.papi.testing.proxy.Toxic.Latency;
import io.papi.testing.proxy.Toxic.LimitData;
import io.papi.testing.proxy.Toxic.ResetPeer;
import io.papi.testing.proxy.Toxic.Slicer;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A service on Snowflake's driver, with a bad network in between. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StoreOverProxyIT {
  private EmbeddedStore database;
  private SnowflakeStandIn snowflake;
  private FaultProxy proxy;
  private final List<TestService> services = new ArrayList<>();

  @BeforeAll
  void makeDatabase() {
    database = Customers.load(500);
    snowflake = SnowflakeStandIn.start(database.dataSource());
    proxy = FaultProxy.to(snowflake.port());
  }

  @AfterAll
  void dropDatabase() {
    proxy.close();
    snowflake.close();
    database.close();
  }

  private TestClient start() {
    Map<String, String> environment = new HashMap<>(snowflake.environment());
    environment.put("SNOWFLAKE_PORT", String.valueOf(proxy.port()));
    environment.put("PAPI_STORE_BREAKER_WAIT", "200ms");
    environment.put("PAPI_FRESH_FOR", "2s");
    environment.put("PAPI_DEADLINE", "15s");
    TestService service = TestService.start(environment);
    services.add(service);
    return service.client();
  }

  @AfterEach
  void stop() {
    services.forEach(TestService::close);
    services.clear();
  }

  static Stream<Toxic> broken() {
    return Stream.of(
        new LimitData(0),
        new LimitData(300),
        new LimitData(1_000),
        new ResetPeer(Duration.ZERO),
        new Toxic.Timeout(Duration.ofMillis(20)),
        new Toxic.Timeout(Duration.ZERO));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void get_storeCutOrSilent_isNeverAnUnknownCustomer_thenRecovers(Toxic toxic) {
    TestClient client = start();
    assertThat(client.get("/customer/1").statusCode()).isEqualTo(200);
    try (var _ = proxy.add(Direction.DOWNSTREAM, toxic)) {
      for (int id = 2; id <= 4; id++) {
        assertUnavailable(client.get("/customer/" + id), String.valueOf(id));
      }
    }
    Await.until("it recovers", () -> client.get("/customer/2,3,4").statusCode() == 200);
    assertThat(client.get("/customer/4").body()).startsWith("[{\"C_CUSTOMER_SK\":4,");
  }

  @Test
  void get_storeSlow_hitsAreUnaffected_andAMissIsTheStaleRowAtOnce_elseWaits() {
    TestClient client = start();
    assertThat(client.get("/customer/1").statusCode()).isEqualTo(200);
    // Less than store-silence, which cannot be changed: the driver has one HTTP client in a
    // process.
    Duration slow = Duration.ofSeconds(1);
    try (var _ = proxy.add(Direction.DOWNSTREAM, new Latency(slow, Duration.ZERO))) {
      Await.until(
          "a stale row, sooner than the store",
          () -> {
            long start = System.nanoTime();
            HttpResponse<String> answer = client.get("/customer/1");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(System.nanoTime() - start)
                .as(answer.headers().map().toString())
                .isLessThan(slow.toNanos());
            return header(answer, "Cache-Status").contains("ttl=-");
          });
      long start = System.nanoTime();
      HttpResponse<String> cold = client.get("/customer/2");
      assertThat(cold.statusCode()).isEqualTo(200);
      assertThat(System.nanoTime() - start).isGreaterThan(slow.toNanos());
    }
  }

  @Test
  void get_storeTrickles_isTheRightRow() {
    TestClient client = start();
    try (var _ = proxy.add(Direction.DOWNSTREAM, new Slicer(1, 0, Duration.ZERO))) {
      assertThat(client.get("/customer/3").body()).startsWith("[{\"C_CUSTOMER_SK\":3,");
    }
  }

  private static void assertUnavailable(HttpResponse<String> answer, String ids) {
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(header(answer, "Retry-After")).isNotEmpty();
    assertThat(answer.body()).contains("\"unavailable\":[\"" + ids + "\"]");
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
