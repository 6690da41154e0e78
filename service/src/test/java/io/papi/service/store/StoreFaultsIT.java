package io.papi.service.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.papi.store.embedded.EmbeddedStore;
import io.papi.testing.Await;
import io.papi.testing.Customers;
import io.papi.testing.SnowflakeStandIn;
import io.papi.testing.SnowflakeStandIn.Fault;
import io.papi.testing.TestClient;
import io.papi.testing.TestService;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** What callers see of a service whose store is gone, hangs, or lets nobody in. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StoreFaultsIT {
  private static final int HITS = 300;
  private static final int ROUNDS = 5;

  private final List<AutoCloseable> opened = new ArrayList<>();
  private CountDownLatch signInGoesOn = new CountDownLatch(1);
  private EmbeddedStore database;
  private SnowflakeStandIn snowflake;

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
    signInGoesOn = new CountDownLatch(1);
    snowflake = SnowflakeStandIn.start(database.dataSource());
  }

  @AfterEach
  void stop() throws Exception {
    signInGoesOn.countDown();
    snowflake.release();
    for (AutoCloseable part : opened.reversed()) {
      part.close();
    }
    opened.clear();
    snowflake.close();
  }

  @Test
  void get_storeDown_givesFreshThenMarkedStaleRows_thenNone_andNeverSaysUnknown() {
    TestClient client =
        start("PAPI_FRESH_FOR", "3s", "PAPI_STALE_FOR", "3s", "PAPI_DEADLINE", "10s");
    int port = snowflake.port();
    long read = System.nanoTime();
    assertThat(client.get("/customer/1").statusCode()).isEqualTo(200);
    snowflake.close();

    HttpResponse<String> unknown = client.get("/customer/2");
    assertThat(unknown.statusCode()).isEqualTo(503);
    assertThat(header(unknown, "Retry-After")).isNotEmpty();
    assertThat(unknown.body()).contains("\"unavailable\":[\"2\"]");
    assertThat(client.get("/customer/1,2").statusCode()).isEqualTo(503);
    AtomicBoolean wasStale = new AtomicBoolean();
    Await.until(
        "the row is past its stale time",
        () -> {
          HttpResponse<String> answer = client.get("/customer/1");
          Duration age = Duration.ofNanos(System.nanoTime() - read);
          if (answer.statusCode() == 503) {
            assertThat(header(answer, "Retry-After")).isNotEmpty();
            assertThat(age).isGreaterThan(Duration.ofMillis(5_900));
            return true;
          }
          assertThat(answer.body()).startsWith("[{\"C_CUSTOMER_SK\":1,");
          if (header(answer, "Cache-Status").contains("ttl=-")) {
            wasStale.set(true);
            assertThat(Integer.parseInt(header(answer, "Age"))).isBetween(2, 6);
          } else {
            assertThat(header(answer, "Cache-Status")).isEqualTo("near; hit");
            assertThat(Integer.parseInt(header(answer, "Age"))).isLessThanOrEqualTo(3);
          }
          return false;
        });
    assertThat(wasStale).isTrue();
    assertThat(client.metric("papi_stale_served_total")).isPositive();
    assertThat(client.admin("/health/ready").statusCode()).isEqualTo(200);

    snowflake = SnowflakeStandIn.start(database.dataSource(), port);
    Await.until("it recovers", () -> client.get("/customer/2").statusCode() == 200);
  }

  @Test
  void get_storeHangs_hitsAreAsFastAsEver() {
    TestClient client = start("PAPI_DEADLINE", "10s", "PAPI_STORE_SILENCE", "5s");
    client.get("/customer/1");
    List<Long> well = new ArrayList<>();
    List<Long> hung = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      timeHits(client, well);
      snowflake.always(Fault.HANG);
      List<Thread> misses = new ArrayList<>();
      for (int id = 10; id < 60; id++) {
        String path = "/customer/" + (id + 50 * round);
        misses.add(Thread.ofVirtual().start(() -> client.get(path)));
      }
      Await.until("they wait", () -> client.metric("papi_inflight") >= misses.size());
      timeHits(client, hung);
      assertThat(client.metric("papi_inflight")).isPositive();
      snowflake.behave();
      snowflake.release();
      Await.until("they are answered", () -> client.metric("papi_inflight") == 0);
    }
    assertThat(p99(hung)).isLessThan(3 * p99(well) + Duration.ofMillis(5).toNanos());
  }

  private static void timeHits(TestClient client, List<Long> nanos) {
    for (int i = 0; i < HITS; i++) {
      long began = System.nanoTime();
      HttpResponse<String> answer = client.get("/customer/1");
      nanos.add(System.nanoTime() - began);
      assertThat(header(answer, "Cache-Status")).isEqualTo("near; hit");
    }
  }

  private static long p99(List<Long> nanos) {
    return nanos.stream().sorted().skip(nanos.size() * 99L / 100).findFirst().orElseThrow();
  }

  @Test
  void get_storeHangs_staleRowComesAfterStaleAfter() {
    TestClient client =
        start("PAPI_FRESH_FOR", "1s", "PAPI_STALE_AFTER", "400ms", "PAPI_DEADLINE", "10s");
    client.get("/customer/1");
    snowflake.always(Fault.HANG);
    Await.until(
        "a stale row",
        () -> {
          long began = System.nanoTime();
          HttpResponse<String> answer = client.get("/customer/1");
          Duration took = Duration.ofNanos(System.nanoTime() - began);
          assertThat(answer.statusCode()).isEqualTo(200);
          boolean stale = header(answer, "Cache-Status").contains("ttl=-");
          if (stale) {
            assertThat(took).isBetween(Duration.ofMillis(380), Duration.ofSeconds(2));
          }
          return stale;
        });
  }

  @Test
  void start_unreachable_checksTheTableAtTheFirstContact() {
    int port = snowflake.port();
    snowflake.close();
    TestClient client = start("PAPI_START_WAIT", "100ms", "PAPI_DEADLINE", "10s");
    assertThat(client.admin("/health/ready").body()).contains("degraded");
    snowflake = SnowflakeStandIn.start(database.dataSource(), port);
    snowflake.present("C_CUSTOMER_SK", "text");
    Await.until(
        "the table is seen to be another", () -> client.get("/customer/1").statusCode() == 502);
    snowflake.present("C_CUSTOMER_SK", "fixed");
    Await.until("it recovers", () -> client.get("/customer/1").statusCode() == 200);
  }

  @Test
  @Timeout(60) // a statement ends after two minutes
  void start_statementsHang_isOpenAfterTheWait_andRecovers() {
    snowflake.always(Fault.HANG);
    TestClient client = start("PAPI_START_WAIT", "2s", "PAPI_STORE_SILENCE", "1m");
    assertThat(client.admin("/health/ready").body()).contains("degraded");
    assertThat(client.metric("cache_gets_total", "cache=\"near\"", "result=\"miss\""))
        .as("nothing is warmed that the store does not answer for")
        .isZero();
    assertThat(client.get("/customer/1").statusCode()).isIn(503, 504);
    snowflake.behave();
    snowflake.release();
    Await.until("it recovers", () -> client.get("/customer/1").statusCode() == 200);
  }

  @Test
  void get_noConnectionToBeHad_is503In300Milliseconds_andNobodyQueues() {
    TestClient client = start("PAPI_STORE_CONNECTIONS", "1", "PAPI_DEADLINE", "10s");
    snowflake.acceptOnly(
        _ -> {
          awaitSignInGoesOn();
          return true;
        });
    snowflake.next(Fault.SESSION_GONE);
    assertThat(client.get("/customer/1").statusCode()).isEqualTo(503);
    Duration fastest = Duration.ofHours(1);
    for (int id = 2; client.metric("papi_breaker_state", "name=\"store\"") == 0; id++) {
      long began = System.nanoTime();
      HttpResponse<String> answer = client.get("/customer/" + id);
      Duration took = Duration.ofNanos(System.nanoTime() - began);
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(header(answer, "Retry-After")).isNotEmpty();
      fastest = took.compareTo(fastest) < 0 ? took : fastest;
    }
    assertThat(fastest).isLessThan(Duration.ofMillis(300));
    assertThat(client.metric("hikaricp_connections_pending")).isZero();
    assertThat(client.metric("papi_inflight")).isZero();
  }

  private void awaitSignInGoesOn() {
    try {
      signInGoesOn.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private TestClient start(String... more) {
    Map<String, String> environment = new HashMap<>(snowflake.environment());
    for (int i = 0; i < more.length; i += 2) {
      environment.put(more[i], more[i + 1]);
    }
    TestService service = TestService.start(environment);
    opened.add(service);
    return service.client();
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
