package io.papi.cache.redis;

import static io.papi.testing.Outcomes.row;
import static io.papi.testing.Outcomes.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.papi.cache.Lifetime;
import io.papi.cache.redis.connection.FakeRedis;
import io.papi.cache.redis.connection.RedisSettings;
import io.papi.dataset.Freshness;
import io.papi.lookup.Deadline;
import io.papi.lookup.Origin;
import io.papi.lookup.Origin.Layer;
import io.papi.lookup.Outcome.Found;
import io.papi.lookup.Ticker;
import io.papi.testing.Await;
import io.papi.testing.CapturedLog;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Two more connections to one server. Each side has a peer of its own here, so that it shows over
 * which connections what is asked.
 */
@Timeout(60)
final class RedisBesideTest {
  private static final byte[] NAME = "papi:top:01234567:a=1".getBytes(UTF_8);

  private final Ticker ticker = Ticker.system();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Lifetime lifetime =
      new Lifetime(
          new Freshness(
              Duration.ofMinutes(3),
              Duration.ofHours(1),
              Duration.ofMillis(150),
              Duration.ofSeconds(30),
              0),
          1);
  private final AtomicInteger times = new AtomicInteger();
  private final AtomicInteger states = new AtomicInteger();
  private final FakeRedis peer = new FakeRedis();
  private final FakeRedis peerBeside = new FakeRedis();
  private final Redis redis;
  private final Redis beside;

  /** The first lets nobody in until {@link #letIn}. */
  RedisBesideTest() throws IOException {
    peer.onPing = (_, output) -> FakeRedis.write(output, "-LOADING not yet\r\n");
    peerBeside.micros =
        () -> {
          times.incrementAndGet();
          return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        };
    peerBeside.onInfo =
        section -> {
          states.addAndGet(section.equals("replication") ? 0 : 1);
          return "role:master\r\n";
        };
    redis = new Redis(settings(peer), ticker, registry);
    beside = redis.beside("queries", settings(peerBeside).forLargeValues(10_000));
    Await.until("the second is open", beside::isReachable);
  }

  @AfterEach
  void close() throws IOException {
    beside.close();
    redis.close();
    peer.close();
    peerBeside.close();
  }

  /** Nobody could tell the age of what is written before. */
  @Test
  void keep_beforeTheClockCounts_waitsForIt() {
    beside.keep(NAME, found("answer"), lifetime);
    Await.until("it was looked after", () -> pings("redis/queries") > 2);
    assertThat(peerBeside.values).isEmpty();

    letIn();

    Await.until("it is written", () -> peerBeside.values.containsKey(new String(NAME, UTF_8)));
  }

  @Test
  void read_keptBeside_isFreshByTheSharedClock() {
    letIn();
    long readAt = ticker.nanos();
    beside.keep(NAME, new Found(row("answer"), readAt, Origin.of(Layer.STORE, 1)), lifetime);
    Await.until("it is written", () -> peerBeside.values.containsKey(new String(NAME, UTF_8)));

    Found held = (Found) read(beside).orElseThrow().outcomes().getFirst().orElseThrow();
    assertThat(text(held)).isEqualTo("answer");
    assertThat(readAt - held.readAt()).isBetween(0L, Duration.ofMillis(300).toNanos());
  }

  /** A large answer that is on its way makes no lookup wait. */
  @Test
  void read_whileAnExchangeBesideTakesLong_isAnsweredAtOnce() throws Exception {
    letIn();
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    peerBeside.onRead =
        (command, output) -> {
          asked.countDown();
          go.await();
          peerBeside.honestly(command, output);
        };
    FutureTask<Optional<RedisRows.Held>> large = new FutureTask<>(() -> read(beside));
    Thread.ofVirtual().start(large);
    asked.await();

    assertThat(read(redis)).isPresent();
    assertThat(large.isDone()).isFalse();

    go.countDown();
    assertThat(large.get()).isPresent();
    assertThat(redis.isReachable() && beside.isReachable()).isTrue();
  }

  /** More than the buffers of a connection hold: whoever sends it waits in the middle of it. */
  @Test
  void keep_peerReadsNoFurther_endsInTimeAndIsWrittenOverTheNextConnection() throws Exception {
    byte[] after = "papi:top:01234567:a=2".getBytes(UTF_8);
    CountDownLatch go = new CountDownLatch(1);
    peerBeside.onWrite = (_, _) -> go.await();
    RedisSettings soon =
        new RedisSettings(URI.create(peerBeside.uri()), Duration.ofMillis(500), 8, 32 << 10);
    try (Redis slow = redis.beside("slow", soon)) {
      slow.keep(NAME, found("answer"), lifetime);
      slow.keep(after, found("x".repeat(16 << 20)), lifetime);
      letIn();
      Await.until("it is given up", () -> exchanges("redis/slow", "write", "timeout") == 1);

      peerBeside.onWrite = peerBeside::honestly;
      Await.until("it is written", () -> peerBeside.values.containsKey(new String(after, UTF_8)));
      assertThat(peerBeside.values).containsKey(new String(NAME, UTF_8));
      assertThat(registry.get("papi.writeback.dropped").counter().count()).isZero();
    } finally {
      go.countDown();
    }
  }

  @Test
  void beside_afterAWhile_hasNotAskedForClockAndState() {
    letIn();
    Await.until("it was looked after", () -> pings("redis/queries") > 2);

    assertThat(times).hasValue(0);
    assertThat(states).hasValue(0);
  }

  @Test
  void beside_peerGone_theFirstGoesOn() throws IOException {
    letIn();
    peerBeside.close();

    Await.until("it is by-passed", () -> state("redis/queries") == 1);
    assertThat(redis.isReachable()).isTrue();
    assertThat(state("redis")).isZero();
  }

  @Test
  void beside_meters_areToldApartAndNoneOfTheServerIsDoubled() {
    for (String name : new String[] {"redis", "redis/queries"}) {
      assertThat(registry.find("papi.breaker.state").tag("name", name).gauges()).hasSize(1);
      assertThat(registry.find("papi.redis").tag("name", name).timers()).hasSize(9);
    }
    assertThat(registry.getMeters())
        .extracting(Meter::getId)
        .extracting(Meter.Id::getName)
        .filteredOn(name -> !name.equals("papi.redis"))
        .filteredOn(name -> !name.equals("papi.breaker.state"))
        .filteredOn(name -> !name.equals("papi.redis.role"))
        .filteredOn(name -> !name.equals("papi.cache.discarded"))
        .doesNotHaveDuplicates();
  }

  @Test
  void beside_log_tellsThemApart() throws IOException {
    try (CapturedLog log = CapturedLog.open();
        FakeRedis another = new FakeRedis();
        Redis more = redis.beside("reports", settings(another))) {
      Await.until("it is open", more::isReachable);
      Await.until(
          "both say so",
          () ->
              !log.lines("redis/reports-read: Redis at").isEmpty()
                  && !log.lines("redis/reports-write: Redis at").isEmpty());
    }
  }

  private void letIn() {
    peer.onPing = peer::honestly;
    Await.until("the first is open", redis::isReachable);
  }

  private Optional<RedisRows.Held> read(Redis from) {
    Deadline deadline = Deadline.after(Duration.ofSeconds(20), ticker.nanos());
    return from.read(new byte[][] {NAME}, lifetime, deadline);
  }

  private double state(String name) {
    return registry.get("papi.breaker.state").tag("name", name).gauge().value();
  }

  private double pings(String name) {
    return exchanges(name, "ping", "ok");
  }

  private double exchanges(String name, String op, String outcome) {
    return registry
        .get("papi.redis")
        .tag("name", name)
        .tag("op", op)
        .tag("outcome", outcome)
        .timer()
        .count();
  }

  private Found found(String text) {
    return new Found(row(text), ticker.nanos(), Origin.of(Layer.STORE, 1));
  }

  private static RedisSettings settings(FakeRedis peer) {
    return RedisSettings.of(peer.uri(), Duration.ofSeconds(2), 100);
  }
}
