package io.papi.cache.redis;

import static io.papi.testing.Outcomes.row;
import static io.papi.testing.Outcomes.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.papi.cache.CachedLookup;
import io.papi.cache.Lifetime;
import io.papi.cache.redis.clock.Stamp;
import io.papi.cache.redis.connection.FakeRedis;
import io.papi.cache.redis.connection.RedisSettings;
import io.papi.dataset.Dataset;
import io.papi.dataset.Freshness;
import io.papi.dataset.KeyType;
import io.papi.dataset.StoreIdentity;
import io.papi.lookup.Deadline;
import io.papi.lookup.Key;
import io.papi.lookup.Need;
import io.papi.lookup.Origin;
import io.papi.lookup.Origin.Layer;
import io.papi.lookup.Origin.Visit;
import io.papi.lookup.Outcome;
import io.papi.lookup.Outcome.Absent;
import io.papi.lookup.Outcome.Found;
import io.papi.lookup.Outcome.Known;
import io.papi.lookup.Outcome.Reason;
import io.papi.lookup.Outcome.Unavailable;
import io.papi.testing.Await;
import io.papi.testing.FakeLookup;
import io.papi.testing.ManualTicker;
import io.papi.testing.Outcomes;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class RedisCacheTest {
  private static final Key ONE = new Key("1");
  private static final Key TWO = new Key("2");
  private static final Duration STALE_AFTER = Duration.ofMillis(150);

  /** Redis's clock stands still, as this process's does unless a test moves it. */
  private static final long REDIS_MICROS = 1_700_000_000_000_000L;

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
              Duration.ofMinutes(3), Duration.ofHours(1), STALE_AFTER, Duration.ofSeconds(30), 0));

  private final ManualTicker ticker = new ManualTicker();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final FakeRedis peer = peer();
  private final FakeLookup next = new FakeLookup(key -> found("loaded " + key, ticker.nanos()));
  private final Redis redis =
      new Redis(
          new RedisSettings(URI.create(peer.uri()), Duration.ofMillis(500), 3, 100),
          ticker,
          registry);
  private final Lifetime lifetime = new Lifetime(CUSTOMER.freshness(), 7);
  private final RedisCache cache = new RedisCache(CUSTOMER, STORE, lifetime, redis, ticker);
  private final CachedLookup lookup =
      new CachedLookup("customer", cache, next, lifetime, registry, ticker);

  RedisCacheTest() throws IOException {
    Await.until("Redis is asked", redis::isReachable);
  }

  @AfterEach
  void close() throws IOException {
    redis.close();
    peer.close();
  }

  @Test
  void find_kept_answersWithoutTheNext() {
    long readAt = ticker.nanos() - Duration.ofSeconds(20).toNanos();
    keep(ONE, found("one", readAt));

    Found found = (Found) lookup.find(ONE, caller());

    assertThat(text(found)).isEqualTo("one");
    assertThat(found.row().tag()).isEqualTo(row("one").tag());
    // never younger than it is
    assertThat(found.readAt() - readAt).isBetween(-300_000_000L, 0L);
    assertThat(layers(found)).containsExactly(Layer.REDIS);
    assertThat(next.calls()).isEmpty();
    assertThat(gets("hit")).isEqualTo(1);
  }

  @Test
  void find_keptUnreadable_answersWithoutTheNext() {
    keep(ONE, Outcomes.unreadable(ticker.nanos()));

    assertThat(lookup.find(ONE, caller())).isInstanceOf(Outcome.Unreadable.class);
    assertThat(next.calls()).isEmpty();
    assertThat(gets("negative")).isEqualTo(1);
  }

  @Test
  void find_keptAbsence_answersWithoutTheNext() {
    keep(ONE, new Absent(ticker.nanos(), Origin.of(Layer.STORE, 1)));

    assertThat(lookup.find(ONE, caller())).isInstanceOf(Absent.class);
    assertThat(next.calls()).isEmpty();
    assertThat(gets("negative")).isEqualTo(1);
  }

  @Test
  void find_someKept_asksTheNextForTheRest() {
    keep(ONE, found("one", ticker.nanos()));

    Map<Key, Outcome> outcomes = lookup.find(Set.of(ONE, TWO), caller());

    assertThat(text(outcomes.get(ONE))).isEqualTo("one");
    assertThat(text(outcomes.get(TWO))).isEqualTo("loaded 2");
    assertThat(layers(outcomes.get(TWO))).containsExactly(Layer.REDIS, Layer.STORE);
    assertThat(next.calls().getFirst().keys()).containsExactly(TWO);
    assertThat(gets("miss")).isEqualTo(1);
  }

  @Test
  void find_moreKeysThanAnExchangeTakes_findsAll() {
    Set<Key> keys = new LinkedHashSet<>();
    for (int i = 0; i < 10; i++) {
      Key key = new Key(String.valueOf(i));
      keys.add(key);
      keep(key, found("row " + i, ticker.nanos()));
    }

    Map<Key, Outcome> outcomes = lookup.find(keys, caller());

    for (Key key : keys) {
      assertThat(text(outcomes.get(key))).isEqualTo("row " + key);
    }
    assertThat(peer.reads).hasValue(4);
  }

  @Test
  void find_nothingKept_doesNotWriteWhatTheNextAnswers() {
    lookup.find(Set.of(ONE), caller());
    keep(TWO, found("two", ticker.nanos()));

    assertThat(peer.values).hasSize(1);
  }

  @Test
  void find_stale_asksTheNextForAShortTime() {
    keep(ONE, found("one", ticker.nanos()));
    ticker.advance(Duration.ofMinutes(4));

    Outcome outcome = lookup.find(ONE, caller());

    assertThat(text(outcome)).isEqualTo("loaded 1");
    assertThat(next.calls().getFirst().need().deadline().remaining(ticker.nanos()))
        .isLessThanOrEqualTo(STALE_AFTER.toNanos());
    assertThat(gets("miss")).isEqualTo(1);
  }

  @Test
  void find_staleAndNextUnavailable_isTheStaleRow() {
    keep(ONE, found("one", ticker.nanos()));
    ticker.advance(Duration.ofMinutes(4));
    next.answer(_ -> new Unavailable(Reason.STORE_FAILED));

    Outcome outcome = lookup.find(ONE, caller());

    assertThat(text(outcome)).isEqualTo("one");
    assertThat(layers(outcome)).containsExactly(Layer.REDIS);
  }

  @Test
  void find_onlySomeStale_asksTheNextForTheWholeTime() {
    keep(ONE, found("one", ticker.nanos()));
    ticker.advance(Duration.ofMinutes(4));
    next.answer(_ -> new Unavailable(Reason.STORE_FAILED));

    Map<Key, Outcome> outcomes = lookup.find(Set.of(ONE, TWO), caller());

    assertThat(next.calls().getFirst().need().deadline().remaining(ticker.nanos()))
        .isGreaterThan(Duration.ofSeconds(1).toNanos());
    assertThat(text(outcomes.get(ONE))).isEqualTo("one");
    assertThat(outcomes.get(TWO)).isInstanceOf(Unavailable.class);
  }

  @Test
  void find_pastTheStaleWindow_isAMiss() {
    keep(ONE, found("one", ticker.nanos()));
    ticker.advance(Duration.ofMinutes(64));
    next.answer(_ -> new Unavailable(Reason.STORE_FAILED));

    assertThat(lookup.find(ONE, caller())).isInstanceOf(Unavailable.class);
    assertThat(gets("miss")).isEqualTo(1);
  }

  @Test
  void find_absencePastItsTime_isAMiss() {
    keep(ONE, new Absent(ticker.nanos(), Origin.of(Layer.STORE, 1)));
    ticker.advance(Duration.ofSeconds(31));
    next.answer(_ -> new Unavailable(Reason.STORE_FAILED));

    assertThat(lookup.find(ONE, caller())).isInstanceOf(Unavailable.class);
  }

  @Test
  void find_youngerWanted_asksTheNext() {
    keep(ONE, found("one", ticker.nanos() - 1_000_000_000));
    Need need = new Need(ticker.nanos(), ticker.nanos() - 500_000_000, soon());

    assertThat(text(lookup.find(ONE, need))).isEqualTo("loaded 1");
  }

  @Test
  void find_refresh_takesWhatAnotherInstanceHasRead() {
    keep(ONE, found("one", ticker.nanos()));
    Need need =
        new Need(ticker.nanos(), ticker.nanos() - 1_000_000_000, soon(), Need.Priority.REFRESH);

    assertThat(layers(lookup.find(ONE, need))).containsExactly(Layer.REDIS);
    assertThat(next.calls()).isEmpty();
  }

  @Test
  void find_redisFails_isBehindRedisOnceThenByPassesIt() {
    peer.onPing = (command, output) -> {};
    peer.onRead = (command, output) -> output.close();

    assertThat(layers(lookup.find(ONE, caller()))).containsExactly(Layer.REDIS, Layer.STORE);
    assertThat(layers(lookup.find(ONE, caller()))).containsExactly(Layer.STORE);
    assertThat(registry.get("papi.breaker.state").tag("name", "redis").gauge().value()).isOne();
  }

  @Test
  void find_valuesInAnotherOrder_areMisses() {
    keep(ONE, found("one", ticker.nanos()));
    keep(TWO, found("two", ticker.nanos()));
    peer.onRead =
        (command, output) ->
            FakeRedis.write(output, peer.array(command.subList(1, command.size()).reversed()));

    Map<Key, Outcome> outcomes = lookup.find(Set.of(ONE, TWO), caller());

    assertThat(text(outcomes.get(ONE))).isEqualTo("loaded 1");
    assertThat(text(outcomes.get(TWO))).isEqualTo("loaded 2");
    assertThat(discarded("checksum")).isEqualTo(2);
  }

  @Test
  void find_poisonedValue_isAMissAndDeleted() {
    keep(ONE, found("one", ticker.nanos()));
    String name = peer.values.keySet().iterator().next();
    peer.values.put(name, "junk".getBytes(UTF_8));

    assertThat(text(lookup.find(ONE, caller()))).isEqualTo("loaded 1");

    Await.until("the value is deleted", peer.values::isEmpty);
    assertThat(discarded("too_short")).isEqualTo(1);
  }

  @Test
  void find_readInTheFuture_isAMiss() {
    awaitClock();
    Stamp ahead = new Stamp(sharedClock(), micros(Duration.ofSeconds(-5)));
    put(ONE, new ValueCodec().encodeRow(bytes(ONE), row("one"), ahead));

    assertThat(text(lookup.find(ONE, caller()))).isEqualTo("loaded 1");
    assertThat(discarded("future")).isEqualTo(1);
  }

  /** It was stamped by a clock of which nobody here knows where it stood. */
  @Test
  void find_rowOfAnotherClock_isStaleAtBest() {
    awaitClock();
    Stamp claimsToBeYoung = new Stamp(4711, micros(Duration.ZERO));
    put(ONE, new ValueCodec().encodeRow(bytes(ONE), row("one"), claimsToBeYoung));

    assertThat(text(lookup.find(ONE, caller()))).isEqualTo("loaded 1");
    assertThat(next.calls().getFirst().need().deadline().remaining(ticker.nanos()))
        .isLessThanOrEqualTo(STALE_AFTER.toNanos());
    next.answer(_ -> new Unavailable(Reason.STORE_FAILED));
    Found standIn = (Found) lookup.find(ONE, caller());

    assertThat(text(standIn)).isEqualTo("one");
    assertThat(ticker.nanos() - standIn.readAt())
        .isGreaterThan(CUSTOMER.freshness().freshFor().toNanos());
    assertThat(discarded("clock")).isEqualTo(2);
  }

  @Test
  void find_rowOfAnotherClock_isAsOldAsItClaims() {
    awaitClock();
    Duration claimed = Duration.ofMinutes(20);
    Stamp stamp = new Stamp(4711, micros(claimed));
    put(ONE, new ValueCodec().encodeRow(bytes(ONE), row("one"), stamp));
    put(
        TWO,
        new ValueCodec()
            .encodeRow(
                bytes(TWO),
                row("two"),
                new Stamp(4711, stamp.micros() - Duration.ofMinutes(44).toMillis() * 1000)));
    next.answer(_ -> new Unavailable(Reason.STORE_FAILED));

    Map<Key, Outcome> outcomes = lookup.find(Set.of(ONE, TWO), caller());

    assertThat(outcomes.get(ONE))
        .isInstanceOfSatisfying(
            Found.class,
            found ->
                assertThat(ticker.nanos() - found.readAt())
                    .isBetween(claimed.toNanos(), claimed.toNanos() + 300_000_000L));
    assertThat(outcomes.get(TWO)).isInstanceOf(Unavailable.class);
  }

  @Test
  void find_rowOfAnotherClockInTheFuture_isStaleAtBest() {
    awaitClock();
    Stamp ahead = new Stamp(4711, micros(Duration.ofSeconds(-14)));
    put(ONE, new ValueCodec().encodeRow(bytes(ONE), row("one"), ahead));
    next.answer(_ -> new Unavailable(Reason.STORE_FAILED));

    Found standIn = (Found) lookup.find(ONE, caller());

    assertThat(ticker.nanos() - standIn.readAt())
        .isGreaterThan(CUSTOMER.freshness().freshFor().toNanos());
  }

  @Test
  void find_absenceOfAnotherClock_isAMiss() {
    awaitClock();
    Stamp stamp = new Stamp(4711, micros(Duration.ZERO));
    put(ONE, new ValueCodec().encodeAbsence(bytes(ONE), stamp));
    next.answer(_ -> new Unavailable(Reason.STORE_FAILED));

    assertThat(lookup.find(ONE, caller())).isInstanceOf(Unavailable.class);
  }

  @Test
  void keep_row_livesAsLongAsItIsWorthKeeping() {
    keep(ONE, found("one", ticker.nanos() - Duration.ofSeconds(60).toNanos()));

    long millis = Long.parseLong(peer.millis.values().iterator().next());
    assertThat(Duration.ofMillis(millis))
        .isBetween(Duration.ofMinutes(62).minusSeconds(10), Duration.ofMinutes(62));
  }

  @Test
  void invalidate_kept_isDeleted_whenItReturns() {
    keep(ONE, found("one", ticker.nanos()));
    keep(TWO, found("two", ticker.nanos()));

    assertThat(cache.invalidate(Set.of(ONE), soon())).isTrue();

    assertThat(peer.values).containsOnlyKeys(name(TWO));
    assertThat(text(lookup.find(ONE, caller()))).isEqualTo("loaded 1");
    assertThat(text(lookup.find(TWO, caller()))).isEqualTo("two");
  }

  @Test
  void invalidate_redisDoesNotDelete_isNotGivenHereAndNotConfirmed() {
    keep(ONE, found("one", ticker.nanos()));
    peer.onWrite = (command, output) -> FakeRedis.write(output, "-NOPERM no\r\n");

    assertThat(cache.invalidate(Set.of(ONE), soon())).isFalse();

    assertThat(peer.values).containsKey(name(ONE));
    assertThat(text(lookup.find(ONE, caller()))).isEqualTo("loaded 1");
    next.answer(_ -> new Unavailable(Reason.STORE_FAILED));
    assertThat(lookup.find(ONE, caller())).isInstanceOf(Unavailable.class);
  }

  @Test
  void invalidate_redisHangs_endsAtTheDeadline() {
    keep(ONE, found("one", ticker.nanos()));
    peer.onWrite = (command, output) -> {};
    peer.onPing = (command, output) -> {};

    assertThat(cache.invalidate(Set.of(ONE), new Deadline(ticker.nanos()))).isFalse();
  }

  @Test
  void keep_readBeforeItWasInvalidated_isNotWritten() {
    Found before = found("before", ticker.nanos());
    cache.invalidate(Set.of(ONE), soon());
    cache.keep(Map.of(ONE, before));
    keep(TWO, found("two", ticker.nanos()));
    assertThat(peer.values).containsOnlyKeys(name(TWO));

    ticker.advance(Duration.ofMillis(300));
    keep(ONE, found("after", ticker.nanos()));
    ticker.advance(Duration.ofMillis(300));
    assertThat(text(lookup.find(ONE, caller()))).isEqualTo("after");
  }

  @Test
  void peek_kept_isEmpty() {
    keep(ONE, found("one", ticker.nanos()));

    assertThat(cache.peek(ONE, caller())).isEmpty();
  }

  @Test
  void toString_showsTheChain() {
    assertThat(lookup).hasToString("redis(fake)");
  }

  private static FakeRedis peer() throws IOException {
    FakeRedis peer = new FakeRedis();
    peer.micros = () -> REDIS_MICROS;
    return peer;
  }

  /** Keeps, and waits until it is written. */
  private void keep(Key key, Known known) {
    cache.keep(Map.of(key, known));
    Await.until("it is written", () -> peer.values.containsKey(name(key)));
  }

  private void awaitClock() {
    Await.until("Redis's clock is known", () -> peer.clock.containsKey("papi:clock"));
  }

  /** The timeline by which this process counts, as it told Redis. */
  private int sharedClock() {
    return (int) HexFormat.fromHexDigitsToLong(peer.clock.getOrDefault("papi:clock", ""));
  }

  /** That long ago, by Redis's clock. */
  private static long micros(Duration ago) {
    return REDIS_MICROS - ago.toNanos() / 1000;
  }

  private void put(Key key, byte[] value) {
    peer.values.put(name(key), value);
  }

  private static String name(Key key) {
    return new String(bytes(key), UTF_8);
  }

  private static byte[] bytes(Key key) {
    return new RedisNames(CUSTOMER, STORE).of(key);
  }

  private Need caller() {
    return new Need(ticker.nanos(), ticker.nanos() - Duration.ofDays(1).toNanos(), soon());
  }

  private Deadline soon() {
    return Deadline.after(Duration.ofSeconds(5), ticker.nanos());
  }

  private double gets(String result) {
    return registry
        .get("cache.gets")
        .tags("cache", "redis", "dataset", "customer", "result", result)
        .counter()
        .count();
  }

  private double discarded(String reason) {
    return registry.get("papi.cache.discarded").tag("reason", reason).counter().count();
  }

  private static Found found(String text, long readAt) {
    return new Found(row(text), readAt, Origin.of(Layer.STORE, 1));
  }

  private static List<Layer> layers(@Nullable Outcome outcome) {
    if (!(outcome instanceof Known known)) {
      throw new AssertionError("nothing is known: " + outcome);
    }
    return known.origin().visits().stream().map(Visit::layer).toList();
  }
}
