package io.papi.cache.redis;

import static io.papi.testing.Outcomes.row;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.papi.cache.Lifetime;
import io.papi.cache.redis.connection.RedisSettings;
import io.papi.dataset.Freshness;
import io.papi.lookup.Deadline;
import io.papi.lookup.Origin;
import io.papi.lookup.Origin.Layer;
import io.papi.lookup.Outcome.Found;
import io.papi.lookup.Ticker;
import io.papi.testing.Await;
import io.papi.testing.FailingSnapshots;
import io.papi.testing.RedisPair;
import io.papi.testing.proxy.FaultProxy;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.Jedis;

/**
 * A real primary and a real replica behind one address, which leads new connections to the primary
 * and leaves those that are open where they are, as a name or a load balancer does.
 */
@Timeout(120)
final class RedisFailoverIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final byte[] NAME = "papi:customer:0:1".getBytes(UTF_8);

  private final Ticker ticker = Ticker.system();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final RedisPair pair = RedisPair.start().orElseGet(() -> abort("no Redis here"));
  private final FaultProxy address = FaultProxy.to(pair.primary().getPort());
  private final Redis redis =
      new Redis(
          RedisSettings.of(
              pair.primary().toString().replaceFirst("[0-9]+$", "" + address.port()),
              Duration.ofSeconds(1),
              100),
          ticker,
          registry);
  private final Lifetime lifetime =
      new Lifetime(
          new Freshness(
              Duration.ofMinutes(3),
              Duration.ofHours(1),
              Duration.ofMillis(150),
              Duration.ofSeconds(30),
              0),
          1);

  RedisFailoverIT() {
    Await.until("Redis is used", redis::isReachable);
  }

  @AfterEach
  void close() {
    redis.close();
    address.close();
    pair.close();
  }

  @Test
  void invalidate_primaryWasDemoted_isConfirmedOnceTheNewOneHasIt() {
    keep();
    pair.failOver();
    Await.until("it is degraded", () -> !redis.isReachable());
    CompletableFuture<Boolean> gone = redis.invalidate(NAME);

    Await.until("reads leave it too", () -> read().isEmpty());
    assertThat(redis.isReachable()).isFalse();
    assertThat(gone).isNotDone();
    assertThat(isThere()).isTrue();

    address.leadTo(pair.primary().getPort());
    assertThat(gone).succeedsWithin(PATIENCE).isEqualTo(true);
    assertThat(isThere()).isFalse();
    Await.until("it is used again", redis::isReachable);
    keep();
    Await.until("it is read there", () -> isHeld());
  }

  @Test
  void keep_snapshotsFail_isCounted_andReadsGoOn() {
    keep();
    try (var _ = FailingSnapshots.begin(pair.primary())) {
      redis.keep("papi:customer:0:2".getBytes(UTF_8), row1(), lifetime);
      Await.until("the write fails", () -> timed("write", "failed") > 0);
      double checked = timed("ping", "ok");
      Await.until("it was asked for signs of life", () -> timed("ping", "ok") > checked + 3);

      assertThat(redis.isReachable()).isTrue();
      assertThat(isHeld()).isTrue();
      assertThat(redis.invalidate(NAME)).succeedsWithin(PATIENCE).isEqualTo(false);
      assertThat(isThere()).isTrue();
    }
    Await.until("it is deleted as well", () -> !isThere());
    assertThat(timed("ping", "failed")).isZero();
  }

  /** Keeps a row, and waits until it is there. */
  private void keep() {
    redis.keep(NAME, row1(), lifetime);
    Await.until("it is written", this::isThere);
  }

  private boolean isThere() {
    try (Jedis jedis = new Jedis(pair.primary())) {
      return jedis.exists(NAME);
    }
  }

  private boolean isHeld() {
    return read().map(held -> held.outcomes().getFirst().isPresent()).orElse(false);
  }

  private Optional<RedisRows.Held> read() {
    return redis.read(
        new byte[][] {NAME}, lifetime, Deadline.after(Duration.ofSeconds(5), ticker.nanos()));
  }

  private Found row1() {
    return new Found(row("one"), ticker.nanos(), Origin.of(Layer.STORE, 1));
  }

  private double timed(String op, String outcome) {
    return registry.get("papi.redis").tag("op", op).tag("outcome", outcome).timer().count();
  }
}
