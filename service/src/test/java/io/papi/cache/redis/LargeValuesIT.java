package io.papi.cache.redis;

import static io.papi.testing.Outcomes.row;
import static io.papi.testing.Outcomes.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.papi.cache.Lifetime;
import io.papi.cache.redis.connection.RedisSettings;
import io.papi.cache.redis.embedded.EmbeddedRedis;
import io.papi.dataset.Freshness;
import io.papi.lookup.Deadline;
import io.papi.lookup.Origin;
import io.papi.lookup.Origin.Layer;
import io.papi.lookup.Outcome.Found;
import io.papi.lookup.Outcome.Known;
import io.papi.lookup.Row;
import io.papi.lookup.Ticker;
import io.papi.testing.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.Jedis;

/** Answers of megabytes and rows of lookups, which two services share over one real Redis. */
@Timeout(120)
final class LargeValuesIT {
  private static final int MEBIBYTE = 1 << 20;
  private static final int ROUNDS = 40;
  private static final int LOOKUPS = 8;
  private static final byte[] SMALL = "papi:customer:01234567:1".getBytes(UTF_8);

  /** Longer than by default: the build's machine is busy. */
  private static final Duration TIMEOUT = Duration.ofSeconds(1);

  /** Of both services: what is larger than all that may wait would not be written. */
  private static final int WRITE_BACK = 32 << 10;

  private final Ticker ticker = Ticker.system();
  private final Lifetime lifetime =
      new Lifetime(
          new Freshness(
              Duration.ofMinutes(3),
              Duration.ofHours(1),
              Duration.ofMillis(150),
              Duration.ofSeconds(30),
              0),
          1);
  private final EmbeddedRedis server =
      EmbeddedRedis.start(256).orElseGet(() -> abort("no embedded Redis here"));
  private final Instance one = new Instance();
  private final Instance other = new Instance();

  /** What a service has of Redis. */
  private final class Instance implements AutoCloseable {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final RedisSettings settings =
        RedisSettings.of(server.uri().toString(), TIMEOUT, 10_000);
    private final Redis lookups = new Redis(settings, ticker, meters);
    private final Redis queries = lookups.beside("queries", settings.forLargeValues(WRITE_BACK));

    Instance() {
      Await.until("Redis is asked", () -> lookups.isReachable() && queries.isReachable());
    }

    /** The exchanges of one of the two that did not succeed. */
    long failures(String name) {
      return meters.find("papi.redis").tag("name", name).timers().stream()
          .filter(timer -> !"ok".equals(timer.getId().getTag("outcome")))
          .mapToLong(Timer::count)
          .sum();
    }

    @Override
    public void close() {
      queries.close();
      lookups.close();
    }
  }

  /** The bounds of redis/redis.conf. */
  LargeValuesIT() {
    try (Jedis jedis = new Jedis(server.uri())) {
      jedis.configSet("client-output-buffer-limit", "normal 64mb 32mb 10");
      jedis.configSet("client-query-buffer-limit", "64mb");
      jedis.configSet("proto-max-bulk-len", "16mb");
    }
  }

  @AfterEach
  void close() {
    one.close();
    other.close();
    server.close();
  }

  @Test
  void read_megabytesBesideLookups_bothAreServedAndNoExchangeFails() throws Exception {
    one.lookups.keep(SMALL, found(row("a customer")), lifetime);
    awaitWritten(SMALL);
    AtomicBoolean done = new AtomicBoolean();
    List<FutureTask<Integer>> callers = new ArrayList<>();
    for (int i = 0; i < LOOKUPS; i++) {
      Redis lookups = i % 2 == 0 ? one.lookups : other.lookups;
      FutureTask<Integer> caller = new FutureTask<>(() -> unserved(lookups, done));
      callers.add(caller);
      Thread.ofVirtual().start(caller);
    }
    for (int round = 0; round < ROUNDS; round++) {
      byte[] json = random(round, round % 2 == 0 ? MEBIBYTE : 4 * MEBIBYTE);
      byte[] name = name("round=" + round);
      Instance writer = round % 3 == 0 ? one : other;
      Instance reader = round % 3 == 0 ? other : one;
      writer.queries.keep(name, found(Row.loaded(json)), lifetime);
      awaitWritten(name);
      assertThat(bytes(read(reader.queries, name).orElseThrow())).isEqualTo(json);
    }
    done.set(true);

    for (FutureTask<Integer> caller : callers) {
      assertThat(caller.get()).isZero();
    }
    for (Instance instance : List.of(one, other)) {
      assertThat(instance.failures("redis")).isZero();
      assertThat(instance.failures("redis/queries")).isZero();
      assertThat(instance.meters.get("papi.writeback.dropped").counter().count()).isZero();
    }
  }

  /** As many as fit into one exchange, and more. */
  @Test
  void read_manyOfMegabytesAtOnce_areAllRead() {
    byte[][] names = new byte[12][];
    byte[][] all = new byte[names.length][];
    for (int i = 0; i < names.length; i++) {
      names[i] = name("many=" + i);
      all[i] = random(i, 4 * MEBIBYTE);
      one.queries.keep(names[i], found(Row.loaded(all[i])), lifetime);
      awaitWritten(names[i]);
    }

    List<Optional<Known>> held =
        other.queries.read(names, lifetime, soon()).orElseThrow().outcomes();
    for (int i = 0; i < names.length; i++) {
      assertThat(bytes(held.get(i).orElseThrow())).isEqualTo(all[i]);
    }
    assertThat(other.failures("redis/queries")).isZero();
  }

  @Test
  void read_nameOfEightKibibytes_isHeld() {
    byte[] name = name("clerk=" + "%C3%A4ä".repeat(1024) + "&year=1995");
    one.queries.keep(name, found(row("[]")), lifetime);
    awaitWritten(name);

    assertThat(text(read(other.queries, name).orElseThrow())).isEqualTo("[]");
    assertThat(read(other.queries, Arrays.copyOf(name, name.length - 1))).isEmpty();
  }

  /** How many reads of the small row did not give it. */
  private int unserved(Redis lookups, AtomicBoolean done) {
    int unserved = 0;
    while (!done.get()) {
      Optional<Known> held = read(lookups, SMALL);
      if (held.isEmpty() || !text(held.get()).equals("a customer")) {
        unserved++;
      }
      LockSupport.parkNanos(500_000);
    }
    return unserved;
  }

  private Optional<Known> read(Redis redis, byte[] name) {
    return redis
        .read(new byte[][] {name}, lifetime, soon())
        .flatMap(held -> held.outcomes().getFirst());
  }

  private void awaitWritten(byte[] name) {
    try (Jedis jedis = new Jedis(server.uri())) {
      Await.until("it is written", () -> jedis.exists(name));
    }
  }

  private Found found(Row row) {
    return new Found(row, ticker.nanos(), Origin.of(Layer.STORE, 1));
  }

  private Deadline soon() {
    return Deadline.after(Duration.ofSeconds(20), ticker.nanos());
  }

  private static byte[] name(String key) {
    return ("papi:top:01234567:" + key).getBytes(UTF_8);
  }

  private static byte[] random(int seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static byte[] bytes(Known known) {
    Row row = ((Found) known).row();
    byte[] bytes = new byte[row.length()];
    row.copyTo(bytes, 0);
    return bytes;
  }
}
