package io.papi.service.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.papi.cache.CachedLookup;
import io.papi.cache.Lifetime;
import io.papi.cache.NearCache;
import io.papi.cache.NearSettings;
import io.papi.caller.Callers;
import io.papi.coalesce.CoalesceSettings;
import io.papi.coalesce.LookupLimit;
import io.papi.dataset.Dataset;
import io.papi.dataset.Freshness;
import io.papi.dataset.KeyType;
import io.papi.http.Exposure;
import io.papi.http.HttpServer;
import io.papi.http.HttpSettings;
import io.papi.http.Served;
import io.papi.http.dataset.ServedDataset;
import io.papi.http.exchange.Health;
import io.papi.lookup.Key;
import io.papi.lookup.Lookup;
import io.papi.lookup.Need;
import io.papi.lookup.Outcome;
import io.papi.lookup.Ticker;
import io.papi.testing.Await;
import io.papi.testing.Outcomes;
import io.papi.testing.TestClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A store that hangs, and as many lookups waiting for it as are allowed. */
@Timeout(60)
class OverloadIT {
  private static final int MAX_LOOKUPS = 5;
  private static final Freshness FRESHNESS =
      new Freshness(
          Duration.ofMinutes(3),
          Duration.ofHours(1),
          Duration.ofMillis(150),
          Duration.ofSeconds(30),
          0);
  private static final Dataset DATASET =
      new Dataset(
          "customer", "CUSTOMER", "ID", new KeyType.Whole(9), List.of("ID"), false, 1, FRESHNESS);

  private final Ticker ticker = Ticker.system();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Lifetime lifetime = new Lifetime(FRESHNESS, 0);
  private final NearCache near =
      new NearCache("customer", new NearSettings(1 << 20, 1), lifetime, meters, ticker);
  private final HangingStore store = new HangingStore();
  private final HttpServer server = start();
  private final TestClient client = new TestClient(server.port(), server.adminPort());

  private HttpServer start() {
    LookupLimit limit =
        new LookupLimit(new CoalesceSettings(1, 1, 1, MAX_LOOKUPS, Duration.ofSeconds(1)), meters);
    Lookup chain =
        new CachedLookup("customer", near, limit.around(store), lifetime, meters, ticker);
    Health health = new Health(Map.of());
    health.moveTo(Health.Stage.READY);
    return HttpServer.start(
        new HttpSettings(
            0,
            0,
            OptionalInt.empty(),
            100,
            1_000,
            1 << 20,
            1_000,
            8,
            Duration.ofSeconds(30),
            0,
            Callers.anybody(true),
            Exposure.LOCAL),
        new Served(List.of(new ServedDataset(DATASET, chain, near)), List.of(), List.of()),
        health,
        meters,
        () -> "",
        ticker);
  }

  @AfterEach
  void stop() {
    store.answers.countDown();
    server.stop();
    client.close();
  }

  @Test
  void get_moreThanMayWait_is503WithRetryAfter_andHitsAndHealthGoOn() throws Exception {
    near.keep(Map.of(new Key("1"), Outcomes.found(new Key("1"), 1, ticker.nanos())));
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<HttpResponse<String>>> waiting = new ArrayList<>();
      for (int i = 0; i < MAX_LOOKUPS; i++) {
        String path = "/customer/" + (100 + i);
        waiting.add(callers.submit(() -> client.get(path)));
      }
      Await.until("they wait", () -> store.waiting.get() == MAX_LOOKUPS);

      HttpResponse<String> rejected = client.get("/customer/1,2,3");
      assertThat(rejected.statusCode()).isEqualTo(503);
      assertThat(rejected.headers().firstValue("Retry-After")).isPresent();
      assertThat(rejected.body()).contains("\"unavailable\":[\"2\",\"3\"]");
      assertThat(meters.counter("papi.rejected", "reason", "lookups").count()).isEqualTo(2);
      assertThat(client.get("/customer/1").statusCode()).isEqualTo(200);
      assertThat(client.admin("/health/ready").statusCode()).isEqualTo(200);

      store.answers.countDown();
      for (Future<HttpResponse<String>> answer : waiting) {
        assertThat(answer.get().statusCode()).isEqualTo(200);
      }
      assertThat(client.get("/customer/2").statusCode()).isEqualTo(200);
    }
  }

  /** A store that answers nobody until it may. */
  private final class HangingStore implements Lookup {
    private final AtomicInteger waiting = new AtomicInteger();
    private final CountDownLatch answers = new CountDownLatch(1);

    @Override
    public Map<Key, Outcome> find(Set<Key> keys, Need need) {
      waiting.incrementAndGet();
      try {
        answers.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      Map<Key, Outcome> outcomes = new HashMap<>();
      for (Key key : keys) {
        outcomes.put(key, Outcomes.found(key, 1, ticker.nanos()));
      }
      return outcomes;
    }
  }
}
