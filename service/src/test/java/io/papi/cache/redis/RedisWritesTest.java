package io.papi.cache.redis;

import static io.papi.testing.Outcomes.row;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.papi.cache.Lifetime;
import io.papi.cache.redis.Decoded.Kept;
import io.papi.cache.redis.clock.ClockWatch;
import io.papi.cache.redis.clock.RedisClock;
import io.papi.cache.redis.connection.ExchangeMeters;
import io.papi.cache.redis.connection.FakeRedis;
import io.papi.cache.redis.connection.RedisSettings;
import io.papi.dataset.Freshness;
import io.papi.lookup.Origin;
import io.papi.lookup.Origin.Layer;
import io.papi.lookup.Outcome.Found;
import io.papi.lookup.Ticker;
import io.papi.testing.Await;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class RedisWritesTest {
  private static final int BOUND = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Ticker ticker = Ticker.system();
  private final long now = ticker.nanos();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final RedisClock clock = new RedisClock();
  private final ServerWatch server = new ServerWatch(ticker, registry);
  private final FakeRedis peer = new FakeRedis();
  private final RedisWrites writes;
  private final Lifetime lifetime =
      new Lifetime(
          new Freshness(
              Duration.ofMinutes(3),
              Duration.ofHours(1),
              Duration.ofMillis(150),
              Duration.ofSeconds(30),
              0),
          1);

  /** Redis does not let anybody in until {@link #letIn}. */
  RedisWritesTest() throws IOException {
    peer.onPing = (command, output) -> FakeRedis.write(output, "-LOADING not yet\r\n");
    writes =
        new RedisWrites(
            "redis",
            new RedisSettings(URI.create(peer.uri()), Duration.ofMillis(500), 512, BOUND),
            clock,
            new ClockWatch(clock, ticker, registry)::look,
            (connection, _) -> server.look(connection),
            ticker,
            new ExchangeMeters("redis", registry),
            registry);
  }

  @AfterEach
  void close() throws IOException {
    writes.close();
    peer.close();
  }

  @Test
  void keep_whileRedisIsDown_waitsForIt() {
    keep("a", now);
    letIn();

    Await.until("it is written", () -> peer.values.containsKey("a"));
    assertThat(dropped()).isZero();
  }

  @Test
  void keep_youngerAndOlder_youngestIsWritten() {
    keep("a", now - 2_000_000);
    keep("a", now);
    keep("a", now - 1_000_000);
    letIn();

    Await.until("it is written", () -> peer.values.containsKey("a"));
    assertThat(new ValueCodec().decode(bytes("a"), peer.values.getOrDefault("a", new byte[0])))
        .isInstanceOfSatisfying(
            Kept.class,
            kept ->
                assertThat(clock.timeline().stamp(now).micros() - kept.stamp().micros())
                    .isBetween(-1_000L, 1_000L));
  }

  @Test
  void keep_beyondTheBound_oldestIsDropped() {
    keep("a", now);
    keep("b", now);
    keep("c", now);
    keep("d", now);
    letIn();

    Await.until("they are written", () -> peer.values.containsKey("d"));
    assertThat(peer.values).containsOnlyKeys("b", "c", "d");
    assertThat(dropped()).isOne();
  }

  @Test
  void keep_ended_isNotWritten() {
    keep("a", now - Duration.ofMinutes(64).toNanos());
    keep("b", now);
    letIn();

    Await.until("it is written", () -> peer.values.containsKey("b"));
    assertThat(peer.values).containsOnlyKeys("b");
  }

  @Test
  void discard_valueWaits_leavesTheValue() {
    keep("a", now);
    writes.discard(bytes("a"));
    letIn();

    Await.until("it is written", () -> peer.values.containsKey("a"));
  }

  @Test
  void invalidate_valueWaits_isDroppedAndWhatIsThereDeleted() {
    peer.values.put("a", bytes("old"));
    keep("a", now);
    CompletableFuture<Boolean> gone = writes.invalidate(bytes("a"));
    keep("a", now + 1);
    CompletableFuture<Boolean> goneToo = writes.invalidate(bytes("a"));
    writes.discard(bytes("a"));
    assertThat(gone).isNotDone();
    letIn();

    assertThat(gone).succeedsWithin(PATIENCE).isEqualTo(true);
    assertThat(goneToo).succeedsWithin(PATIENCE).isEqualTo(true);
    assertThat(peer.values).isEmpty();
  }

  @Test
  void invalidate_connectionFails_isDeletedOnTheNext() {
    letIn();
    peer.values.put("a", bytes("old"));
    AtomicInteger failures = new AtomicInteger();
    peer.onWrite =
        (command, output) -> {
          if (failures.incrementAndGet() <= 3) {
            output.close();
          } else {
            peer.honestly(command, output);
          }
        };

    assertThat(writes.invalidate(bytes("a"))).succeedsWithin(PATIENCE).isEqualTo(true);
    assertThat(peer.values).isEmpty();
  }

  @Test
  void invalidate_refused_saysSo() {
    letIn();
    peer.onWrite = (command, output) -> FakeRedis.write(output, "-NOPERM no\r\n");

    assertThat(writes.invalidate(bytes("a"))).succeedsWithin(PATIENCE).isEqualTo(false);
  }

  @Test
  void invalidate_moreValuesThanTheBound_isDoneAllTheSame() {
    peer.values.put("a", bytes("old"));
    CompletableFuture<Boolean> first = writes.invalidate(bytes("a"));
    for (String name : List.of("b", "c", "d", "e")) {
      keep(name, now);
    }
    assertThat(dropped()).isEqualTo(2);
    letIn();

    assertThat(first).succeedsWithin(PATIENCE).isEqualTo(true);
    Await.until("the others are written", () -> peer.values.containsKey("e"));
    assertThat(peer.values).containsOnlyKeys("d", "e");
  }

  @Test
  void invalidate_beyondTheBound_isGivenUpAndSaysSo() {
    CompletableFuture<Boolean> first = writes.invalidate(bytes("a"));
    for (String name : List.of("b", "c", "d")) {
      var _ = writes.invalidate(bytes(name));
    }

    assertThat(first).succeedsWithin(PATIENCE).isEqualTo(false);
    assertThat(dropped()).isOne();
  }

  @Test
  void close_toldToInvalidate_saysThatItHasNot() {
    CompletableFuture<Boolean> before = writes.invalidate(bytes("a"));
    writes.close();

    assertThat(before).succeedsWithin(PATIENCE).isEqualTo(false);
    assertThat(writes.invalidate(bytes("b"))).succeedsWithin(PATIENCE).isEqualTo(false);
  }

  @Test
  void keep_endedValue_deletesWhatItReplaces() {
    peer.values.put("a", bytes("older"));
    keep("a", now - Duration.ofMinutes(64).toNanos());
    letIn();

    Await.until("it is deleted", peer.values::isEmpty);
  }

  @Test
  void keep_refused_isAFailedWriteAndTheNextIsTaken() {
    letIn();
    peer.onWrite = (command, output) -> FakeRedis.write(output, "-OOM no memory\r\n");
    keep("a", now);
    Await.until("it is refused", () -> exchanges("failed") > 0);

    peer.onWrite = peer::honestly;
    keep("b", now);
    Await.until("the next is written", () -> peer.values.containsKey("b"));
  }

  @Test
  void keep_connectionFails_isWrittenOnTheNext() {
    letIn();
    peer.onWrite =
        (command, output) -> {
          peer.onWrite = peer::honestly;
          output.close();
        };
    keep("a", now);

    Await.until("it is written", () -> peer.values.containsKey("a"));
    assertThat(dropped()).isZero();
  }

  @Test
  void keep_connectionFailsAgain_isDroppedAndTheNextIsWritten() {
    letIn();
    peer.onWrite = (command, output) -> output.close();
    keep("a", now);
    Await.until("it is dropped", () -> dropped() > 0);

    peer.onWrite = peer::honestly;
    keep("b", now);
    Await.until("the next is written", () -> peer.values.containsKey("b"));
    assertThat(peer.values).containsOnlyKeys("b");
  }

  private void letIn() {
    peer.onPing = peer::honestly;
  }

  private void keep(String name, long readAt) {
    writes.keep(bytes(name), new Found(row("row"), readAt, Origin.of(Layer.STORE, 1)), lifetime);
  }

  private double dropped() {
    return registry.get("papi.writeback.dropped").counter().count();
  }

  private double exchanges(String outcome) {
    return registry.get("papi.redis").tag("op", "write").tag("outcome", outcome).timer().count();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
