package io.papi.service.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.papi.cache.redis.embedded.EmbeddedRedis;
import io.papi.store.embedded.EmbeddedStore;
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
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows that are asked for all the time are read again ahead of their end. */
@Timeout(120)
class RefreshAheadIT {
  private static final int IDS = 400;
  private static final int BATCH = 100;
  private static final Duration FRESH = Duration.ofSeconds(3);
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final Map<String, String> SETTINGS =
      Map.of(
          "PAPI_FRESH_FOR",
          FRESH.toSeconds() + "s",
          "PAPI_NEGATIVE_FOR",
          FRESH.toSeconds() + "s",
          "PAPI_DEADLINE",
          "10s");

  @Test
  void get_askedForAllTheTime_nobodyWaitsAfterTheFirstTime() {
    try (TestService service = TestService.start(SETTINGS)) {
      List<String> first = new ArrayList<>();
      ask(service.client(), "", first);
      ask(service.client(), "9", first);
      int statements = service.client().statements();

      List<String> later = new ArrayList<>();
      long end = System.nanoTime() + FRESH.multipliedBy(3).toNanos();
      while (System.nanoTime() < end) {
        ask(service.client(), "", later);
        ask(service.client(), "9", later); // there are no such rows
        pause();
      }

      // a pause of this machine at the wrong moment may let a few ids end
      long waited = later.stream().filter(status -> !status.equals("near; hit")).count();
      assertThat(waited).isLessThan(later.size() / 20);
      double read = service.client().metric("papi_refresh_total", "outcome=\"ok\"");
      assertThat(read).isGreaterThan(2 * 2 * IDS * 0.8);
      assertThat(service.client().metric("papi_refresh_worth_total", "result=\"asked\""))
          .isGreaterThan(2 * IDS * 0.8);
      assertThat(service.client().statements() - statements).isLessThan((int) read / 4);
    }
  }

  @Test
  void get_notAskedForAnyMore_isNotReadAnyMore() {
    try (TestService service = TestService.start(SETTINGS)) {
      ask(service.client(), "", new ArrayList<>());
      ask(service.client(), "", new ArrayList<>());
      LockSupport.parkNanos(FRESH.multipliedBy(3).toNanos());

      assertThat(service.client().metric("papi_refresh_total", "outcome=\"ok\"")).isEqualTo(IDS);
      assertThat(service.client().metric("papi_refresh_worth_total", "result=\"vain\""))
          .isEqualTo(IDS);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"HANG", "UNAVAILABLE", "THROTTLED"})
  void get_storeFailsWhileMuchIsDue_staleRowsStandIn_andThereIsNoBurstAfterIt(Fault fault) {
    try (EmbeddedStore database = Customers.load(IDS);
        SnowflakeStandIn snowflake = SnowflakeStandIn.start(database.dataSource())) {
      Map<String, String> environment = new HashMap<>(SETTINGS);
      environment.putAll(snowflake.environment());
      environment.put("PAPI_STORE_SILENCE", "500ms");
      try (TestService service = TestService.start(environment)) {
        ask(service.client(), "", new ArrayList<>());
        snowflake.always(fault, "SELECT");
        List<String> meanwhile = askFor(service.client(), FRESH.multipliedBy(3));
        assertThat(meanwhile).anyMatch(status -> status.contains("ttl=-"));

        snowflake.behave();
        snowflake.release();
        int before = snowflake.statements().size();
        askFor(service.client(), FRESH.multipliedBy(2));
        // each row is read for its stale one and twice ahead, in statements of many
        assertThat(snowflake.statements().size() - before).isLessThan(IDS / 3);
        List<String> after = askFor(service.client(), FRESH);
        assertThat(after.stream().filter("near; hit"::equals).count())
            .isGreaterThan(after.size() * 9 / 10);
      } finally {
        snowflake.release();
      }
    }
  }

  @Test
  void get_twoServicesOnOneRedis_readEachDueRowOnceBetweenThem() {
    try (EmbeddedRedis redis =
        EmbeddedRedis.start(16).orElseGet(() -> abort("no embedded Redis here"))) {
      Map<String, String> environment = new HashMap<>(SETTINGS);
      environment.put("PAPI_REDIS", redis.uri().toString());
      environment.put("PAPI_REDIS_TIMEOUT", "2s");
      environment.put("PAPI_JITTER", "0.3");
      try (TestService one = TestService.start(environment);
          TestService other = TestService.start(environment)) {
        one.client().awaitRedis();
        other.client().awaitRedis();
        askBoth(one.client(), other.client(), FRESH);
        double before = read(one.client()) + read(other.client());
        int windows = 3;
        askBoth(one.client(), other.client(), FRESH.multipliedBy(windows));
        double read = read(one.client()) + read(other.client()) - before;

        // a window is shorter than its fresh time by the jitter and by being ahead
        assertThat(read).isBetween(windows * IDS * 0.9, windows * IDS * 1.6);
        assertThat(shared(one.client()) + shared(other.client())).isGreaterThan(read / 2);
      }
    }
  }

  private static void askBoth(TestClient one, TestClient other, Duration time) {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      ask(one, "", new ArrayList<>());
      ask(other, "", new ArrayList<>());
      pause();
    }
  }

  private static List<String> askFor(TestClient client, Duration time) {
    List<String> statuses = new ArrayList<>();
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      ask(client, "", statuses);
      pause();
    }
    return statuses;
  }

  /** Asks for all ids; adds what each answer says about where it came from. */
  private static void ask(TestClient client, String prefix, List<String> statuses) {
    for (int first = 1; first < IDS; first += BATCH) {
      String ids =
          IntStream.range(first, first + BATCH)
              .mapToObj(id -> prefix.isEmpty() ? "" + id : prefix + (100_000 + id))
              .collect(Collectors.joining(","));
      HttpResponse<String> answer = client.get("/customer/" + ids);
      assertThat(answer.statusCode()).isEqualTo(200);
      statuses.add(answer.headers().firstValue("Cache-Status").orElse(""));
    }
  }

  private static double read(TestClient client) {
    return client.metric("papi_store_batch_keys_sum");
  }

  private static double shared(TestClient client) {
    return client.metric("papi_refresh_total", "outcome=\"shared\"");
  }

  private static void pause() {
    LockSupport.parkNanos(PAUSE.toNanos());
  }
}
