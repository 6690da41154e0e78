package io.papi.cache.redis;

import static io.papi.testing.Outcomes.row;
import static io.papi.testing.Outcomes.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.papi.cache.CachedLookup;
import io.papi.cache.Lifetime;
import io.papi.cache.redis.connection.RedisSettings;
import io.papi.cache.redis.embedded.EmbeddedRedis;
import io.papi.dataset.Dataset;
import io.papi.dataset.Freshness;
import io.papi.dataset.KeyType;
import io.papi.dataset.StoreIdentity;
import io.papi.lookup.Deadline;
import io.papi.lookup.Key;
import io.papi.lookup.Need;
import io.papi.lookup.Origin;
import io.papi.lookup.Origin.Layer;
import io.papi.lookup.Outcome;
import io.papi.lookup.Outcome.Absent;
import io.papi.lookup.Outcome.Found;
import io.papi.lookup.Outcome.Known;
import io.papi.lookup.Ticker;
import io.papi.testing.Await;
import io.papi.testing.FakeLookup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.Jedis;

/** The lookup with a real Redis. */
@Timeout(120)
final class RedisIT {
  private static final Key ONE = new Key("1");
  private static final Key TWO = new Key("2");

  private static final StoreIdentity STORE = new StoreIdentity(List.of("test"));

  private static final Dataset CUSTOMER =
      new Dataset(
          "customer",
          "CUSTOMER",
          "ID",
          new KeyType.Whole(38),
          List.of("ID", "NAME"),
          false,
          1,
          new Freshness(
              Duration.ofMinutes(3),
              Duration.ofHours(1),
              Duration.ofMillis(150),
              Duration.ofSeconds(30),
              0.1));

  private final Ticker ticker = Ticker.system();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final FakeLookup next = new FakeLookup(key -> found("loaded " + key));
  private final EmbeddedRedis server =
      EmbeddedRedis.start(16).orElseGet(() -> abort("no embedded Redis here"));
  private final Redis redis = new Redis(settings(server.uri().toString()), ticker, registry);
  private final Lifetime lifetime = new Lifetime(CUSTOMER.freshness(), 7);
  private final RedisCache cache = new RedisCache(CUSTOMER, STORE, lifetime, redis, ticker);
  private final CachedLookup lookup = lookup(cache, next);

  RedisIT() {
    Await.until("Redis is asked", redis::isReachable);
  }

  @AfterEach
  void close() {
    redis.close();
    server.close();
  }

  @Test
  void find_kept_isWhatWasKept() {
    keep(ONE, found("one"));
    keep(TWO, new Absent(ticker.nanos(), Origin.of(Layer.STORE, 1)));

    Map<Key, Outcome> outcomes = lookup.find(Set.of(ONE, TWO), caller());

    assertThat(text(outcomes.get(ONE))).isEqualTo("one");
    assertThat(outcomes.get(TWO)).isInstanceOf(Absent.class);
    assertThat(next.calls()).isEmpty();
  }

  @Test
  void find_copiedFromAnotherKey_isAMissAndDeleted() {
    keep(ONE, found("one"));
    try (Jedis jedis = new Jedis(server.uri())) {
      jedis.copy(name(ONE), name(TWO), false);

      assertThat(text(lookup.find(TWO, caller()))).isEqualTo("loaded 2");

      Await.until("it is deleted", () -> !jedis.exists(name(TWO)));
      assertThat(text(lookup.find(ONE, caller()))).isEqualTo("one");
    }
    assertThat(counted("papi.cache.discarded", "reason", "checksum")).isOne();
  }

  @Test
  void find_notAStringInRedis_isAMiss() {
    try (Jedis jedis = new Jedis(server.uri())) {
      jedis.lpush(name(ONE), "a list");

      assertThat(text(lookup.find(ONE, caller()))).isEqualTo("loaded 1");
    }
  }

  @Test
  void find_stopped_costsOneTimeoutAndRecovers() throws Exception {
    keep(ONE, found("one"));
    signal("-STOP");
    try {
      long began = System.nanoTime();
      assertThat(text(lookup.find(ONE, caller()))).isEqualTo("loaded 1");
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMillis(250));
      for (int i = 0; i < 20; i++) {
        Outcome outcome = lookup.find(ONE, caller());
        assertThat(((Known) outcome).origin().visits()).hasSize(1);
      }
      assertThat(reads("timeout")).isOne();
      assertThat(redis.isReachable()).isFalse();
    } finally {
      signal("-CONT");
    }
    Await.until("Redis is asked", redis::isReachable);
    assertThat(text(lookup.find(ONE, caller()))).isEqualTo("one");
  }

  @Test
  void find_restarted_recovers() {
    keep(ONE, found("one"));
    long first = server.pid();
    ProcessHandle.of(first).orElseThrow().destroyForcibly();
    assertThat(text(lookup.find(ONE, caller()))).isIn("one", "loaded 1");
    Await.until("it was started again", () -> server.pid() != first);
    Await.until("Redis is asked", redis::isReachable);

    keep(ONE, found("again"));
    assertThat(text(lookup.find(ONE, caller()))).isEqualTo("again");
  }

  @Test
  void find_wrongPassword_passesByRedis() {
    String uri = "redis://:wrong@127.0.0.1:" + server.uri().getPort();
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    try (Redis locked = new Redis(settings(uri), ticker, meters)) {
      assertThat(
              text(
                  lookup(new RedisCache(CUSTOMER, STORE, lifetime, locked, ticker), next)
                      .find(ONE, caller())))
          .isEqualTo("loaded 1");
      assertThat(locked.isReachable()).isFalse();
      assertThat(meters.get("papi.breaker.state").gauge().value()).isOne();
    }
  }

  @Test
  void keep_outOfMemory_isAFailedWriteAndReadsGoOn() {
    keep(ONE, found("one"));
    try (Jedis jedis = new Jedis(server.uri())) {
      jedis.configSet("maxmemory-policy", "noeviction");
      jedis.configSet("maxmemory", "1kb");

      cache.keep(Map.of(TWO, found("two")));
      Await.until("the write fails", () -> timed("write", "failed") > 0);

      assertThat(text(lookup.find(ONE, caller()))).isEqualTo("one");
      assertThat(redis.isReachable()).isTrue();

      jedis.configSet("maxmemory", "16mb");
      keep(TWO, found("two"));
    }
  }

  @Test
  void keep_row_endsWithItsLife() {
    keep(ONE, found("one"));
    try (Jedis jedis = new Jedis(server.uri())) {
      assertThat(jedis.pttl(name(ONE)))
          .isBetween(Duration.ofMinutes(62).toMillis(), Duration.ofMinutes(63).toMillis());
    }
  }

  @Test
  void find_aThousandCallersWhileItDies_neverGetAnothersRow() throws Exception {
    Map<Key, Known> all = new HashMap<>();
    for (int i = 0; i < 1000; i++) {
      all.put(new Key(String.valueOf(i)), found("row " + i));
    }
    cache.keep(all);
    Await.until("all are written", () -> rowsKept() == 1000);
    AtomicBoolean done = new AtomicBoolean();
    List<FutureTask<Integer>> callers = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      int number = i;
      FutureTask<Integer> caller = new FutureTask<>(() -> wrongAnswers(number, done));
      callers.add(caller);
      Thread.ofVirtual().start(caller);
    }
    Await.until("they read", () -> reads("ok") > 20);
    long first = server.pid();
    ProcessHandle.of(first).orElseThrow().destroyForcibly();
    Await.until("it was started again", () -> server.pid() != first);
    double before = reads("ok");
    Await.until("they read again", () -> reads("ok") > before + 20);
    done.set(true);

    for (FutureTask<Integer> caller : callers) {
      assertThat(caller.get()).isZero();
    }
  }

  private int wrongAnswers(int number, AtomicBoolean done) {
    CachedLookup own = lookup(cache, new FakeLookup(key -> found("loaded " + key)));
    int wrong = 0;
    for (int round = 0; !done.get(); round++) {
      Key mine = new Key(String.valueOf(number));
      Key other = new Key(String.valueOf((number + 1 + round) % 1000));
      Map<Key, Outcome> outcomes = own.find(Set.of(mine, other), caller());
      for (Key key : List.of(mine, other)) {
        if (!Set.of("row " + key, "loaded " + key).contains(text(outcomes.get(key)))) {
          wrong++;
        }
      }
      LockSupport.parkNanos(5_000_000);
    }
    return wrong;
  }

  private long rowsKept() {
    try (Jedis jedis = new Jedis(server.uri())) {
      return jedis.keys("papi:customer:*").size();
    }
  }

  private CachedLookup lookup(RedisCache of, FakeLookup behind) {
    return new CachedLookup("customer", of, behind, lifetime, registry, ticker);
  }

  private static RedisSettings settings(String uri) {
    return RedisSettings.of(uri, Duration.ofMillis(50), 10_000);
  }

  /** Keeps, and waits until it is written. */
  private void keep(Key key, Known known) {
    cache.keep(Map.of(key, known));
    try (Jedis jedis = new Jedis(server.uri())) {
      Await.until("it is written", () -> jedis.exists(name(key)));
    }
  }

  private void signal(String signal) throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(Path.of("/bin/kill")), "no /bin/kill here");
    int ended =
        new ProcessBuilder("/bin/kill", signal, String.valueOf(server.pid())).start().waitFor();
    assertThat(ended).isZero();
  }

  private Found found(String text) {
    return new Found(row(text), ticker.nanos(), Origin.of(Layer.STORE, 1));
  }

  private Need caller() {
    return new Need(
        ticker.nanos(),
        ticker.nanos() - Duration.ofDays(1).toNanos(),
        Deadline.after(Duration.ofSeconds(5), ticker.nanos()));
  }

  private double reads(String outcome) {
    return timed("read", outcome);
  }

  private double timed(String op, String outcome) {
    return registry.get("papi.redis").tag("op", op).tag("outcome", outcome).timer().count();
  }

  private double counted(String name, String tag, String value) {
    return registry.get(name).tag(tag, value).counter().count();
  }

  private static String name(Key key) {
    return new String(new RedisNames(CUSTOMER, STORE).of(key), UTF_8);
  }
}
