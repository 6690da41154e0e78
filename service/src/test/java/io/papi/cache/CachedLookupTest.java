package io.papi.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.papi.dataset.Freshness;
import io.papi.lookup.Deadline;
import io.papi.lookup.Key;
import io.papi.lookup.Lookup;
import io.papi.lookup.LookupContract;
import io.papi.lookup.Need;
import io.papi.lookup.Need.Priority;
import io.papi.lookup.Origin;
import io.papi.lookup.Origin.Layer;
import io.papi.lookup.Origin.Visit;
import io.papi.lookup.Outcome;
import io.papi.lookup.Outcome.Absent;
import io.papi.lookup.Outcome.Found;
import io.papi.lookup.Outcome.Known;
import io.papi.lookup.Outcome.Reason;
import io.papi.lookup.Outcome.Unavailable;
import io.papi.lookup.Outcome.Unreadable;
import io.papi.lookup.Ticker;
import io.papi.testing.Await;
import io.papi.testing.FakeLookup;
import io.papi.testing.ManualTicker;
import io.papi.testing.Outcomes;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The near cache in front of a lookup, and what every cache does there. */
class CachedLookupTest extends LookupContract {
  private static final Key KEY = new Key("7");
  private static final Key OTHER = new Key("8");
  private static final Duration FRESH = Duration.ofMinutes(3);
  private static final Duration STALE = Duration.ofHours(1);
  private static final Duration STALE_AFTER = Duration.ofMillis(150);
  private static final Duration NEGATIVE = Duration.ofSeconds(30);
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final Duration MILLI = Duration.ofMillis(1);

  private final ManualTicker ticker = new ManualTicker();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final FakeLookup store = new FakeLookup(this::stored);
  private final Lifetime lifetime =
      new Lifetime(new Freshness(FRESH, STALE, STALE_AFTER, NEGATIVE, 0), 0);
  private final NearCache near =
      new NearCache("test", new NearSettings(1 << 20, 1), lifetime, meters, ticker);
  private final CachedLookup cached =
      new CachedLookup("test", near, new Loading(), lifetime, meters, ticker);

  @Override
  protected Lookup lookup() {
    return cached;
  }

  @Override
  protected Ticker ticker() {
    return ticker;
  }

  @Test
  void find_secondTime_isAnsweredHere() {
    cached.find(KEY, fresh());
    Outcome outcome = cached.find(KEY, fresh());
    assertThat(store.calls()).hasSize(1);
    assertThat(((Found) outcome).origin()).isEqualTo(Origin.of(Layer.NEAR, 0));
    assertThat(gets("hit")).isEqualTo(1);
    assertThat(gets("miss")).isEqualTo(1);
  }

  @Test
  void find_fromTheStore_showsTheWay() {
    Found found = (Found) cached.find(KEY, fresh());
    assertThat(found.origin().visits())
        .extracting(Visit::layer)
        .containsExactly(Layer.NEAR, Layer.STORE);
  }

  @Test
  void find_batch_asksOnlyForTheRest() {
    cached.find(KEY, fresh());
    Map<Key, Outcome> outcomes = cached.find(Set.of(KEY, OTHER), fresh());
    assertThat(outcomes).hasSize(2);
    assertThat(store.calls().getLast().keys()).containsExactly(OTHER);
  }

  @Test
  void find_endOfFreshTime_isLoadedAgain() {
    cached.find(KEY, fresh());
    ticker.advance(FRESH.minus(MILLI));
    cached.find(KEY, fresh());
    assertThat(store.calls()).hasSize(1);
    ticker.advance(MILLI.plus(MILLI));
    cached.find(KEY, fresh());
    assertThat(store.calls()).hasSize(2);
  }

  @Test
  void find_unreadable_isRememberedForTheNegativeTime() {
    store.answer(_ -> Outcomes.unreadable(ticker.nanos()));
    assertThat(cached.find(KEY, fresh())).isInstanceOf(Unreadable.class);
    ticker.advance(NEGATIVE.minus(MILLI));
    assertThat(cached.find(KEY, fresh())).isInstanceOf(Unreadable.class);
    assertThat(store.calls()).hasSize(1);
    assertThat(gets("negative")).isEqualTo(1);
    ticker.advance(MILLI.plus(MILLI));
    store.answer(_ -> new Unavailable(Reason.STORE_FAILED));
    assertThat(cached.find(KEY, fresh())).isInstanceOf(Unavailable.class);
  }

  @Test
  void find_unreadableAfterARow_isNotHiddenByTheStaleOne() {
    cached.find(KEY, fresh());
    ticker.advance(FRESH.plus(MILLI));
    store.answer(_ -> Outcomes.unreadable(ticker.nanos()));
    assertThat(cached.find(KEY, fresh())).isInstanceOf(Unreadable.class);
    store.answer(_ -> new Unavailable(Reason.STORE_FAILED));
    assertThat(cached.find(KEY, fresh())).isInstanceOf(Unreadable.class);
    ticker.advance(NEGATIVE.plus(MILLI));
    assertThat(cached.find(KEY, fresh())).isInstanceOf(Unavailable.class);
  }

  @Test
  void find_absent_isRememberedForTheNegativeTime() {
    store.answer(_ -> Outcomes.absent(ticker.nanos()));
    assertThat(cached.find(KEY, fresh())).isInstanceOf(Absent.class);
    ticker.advance(NEGATIVE.minus(MILLI));
    assertThat(cached.find(KEY, fresh())).isInstanceOf(Absent.class);
    assertThat(store.calls()).hasSize(1);
    assertThat(gets("negative")).isEqualTo(1);
    ticker.advance(MILLI.plus(MILLI));
    store.answer(_ -> new Unavailable(Reason.STORE_FAILED));
    assertThat(cached.find(KEY, fresh())).isInstanceOf(Unavailable.class);
  }

  @Test
  void find_youngerNeed_passesWhatIsHeld() {
    cached.find(KEY, fresh());
    ticker.advance(Duration.ofSeconds(5));
    cached.find(KEY, need(Duration.ofSeconds(4)));
    assertThat(store.calls()).hasSize(2);
    cached.find(KEY, need(Duration.ofSeconds(4)));
    assertThat(store.calls()).hasSize(2);
  }

  @Test
  void find_storeFails_givesTheStaleRow() {
    cached.find(KEY, fresh());
    store.answer(_ -> new Unavailable(Reason.STORE_FAILED));
    ticker.advance(FRESH.plusSeconds(60));
    assertThat(cached.find(KEY, fresh())).isInstanceOf(Found.class);
    assertThat(gets("stale")).isEqualTo(1);
    ticker.advance(STALE);
    assertThat(cached.find(KEY, fresh())).isEqualTo(new Unavailable(Reason.STORE_FAILED));
  }

  @Test
  void find_budgetIsUsedUp_staleRowStandsIn() {
    cached.find(KEY, fresh());
    store.answer(_ -> new Unavailable(Reason.OVER_BUDGET));
    ticker.advance(FRESH.plusSeconds(60));
    assertThat(cached.find(Set.of(KEY, OTHER), fresh()))
        .hasEntrySatisfying(KEY, outcome -> assertThat(outcome).isInstanceOf(Found.class))
        .containsEntry(OTHER, new Unavailable(Reason.OVER_BUDGET));
  }

  @Test
  void find_staleAtHand_waitsOnlyAMoment() {
    cached.find(KEY, fresh());
    ticker.advance(FRESH.plusSeconds(1));
    cached.find(KEY, fresh());
    assertThat(store.calls().getLast().need().deadline().remaining(ticker.nanos()))
        .isEqualTo(STALE_AFTER.toNanos());
  }

  @Test
  void find_staleAtHandForSomeOnly_waitsAsLongAsTheCaller() {
    cached.find(KEY, fresh());
    ticker.advance(FRESH.plusSeconds(1));
    cached.find(Set.of(KEY, OTHER), fresh());
    assertThat(store.calls().getLast().need().deadline().remaining(ticker.nanos()))
        .isEqualTo(PATIENCE.toNanos());
  }

  @Test
  void find_refresh_isAnsweredButNotCounted() {
    cached.find(KEY, fresh());
    cached.find(Set.of(KEY, OTHER), refresh());
    assertThat(store.calls().getLast().keys()).containsExactly(OTHER);
    assertThat(gets("hit")).isZero();
    assertThat(gets("miss")).isEqualTo(1);
  }

  @Test
  void find_refreshWithAStaleRow_waitsForTheStoreAndTakesNothingElse() {
    cached.find(KEY, fresh());
    ticker.advance(FRESH.plusSeconds(1));
    store.answer(_ -> new Unavailable(Reason.STORE_FAILED));
    assertThat(cached.find(KEY, refresh())).isEqualTo(new Unavailable(Reason.STORE_FAILED));
    assertThat(store.calls().getLast().need().deadline()).isEqualTo(refresh().deadline());
    assertThat(gets("stale")).isZero();
  }

  @Test
  void keep_olderRead_neverReplacesTheYounger() {
    Known younger = Outcomes.found(KEY, 2, ticker.nanos());
    Known older = Outcomes.found(KEY, 1, ticker.nanos() - 1_000);
    near.keep(Map.of(KEY, younger));
    near.keep(Map.of(KEY, older));
    assertThat(version(cached.find(KEY, fresh()))).contains("\"VERSION\":2");
    assertThat(store.calls()).isEmpty();
  }

  @Test
  void keep_youngerAbsence_replacesTheRow() {
    near.keep(Map.of(KEY, Outcomes.found(KEY, 1, ticker.nanos() - 1_000)));
    near.keep(Map.of(KEY, Outcomes.absent(ticker.nanos())));
    assertThat(cached.find(KEY, fresh())).isInstanceOf(Absent.class);
  }

  @Test
  void invalidate_held_isLoadedAgain() {
    cached.find(Set.of(KEY, OTHER), fresh());
    ticker.advance(MILLI);
    assertThat(near.invalidate(Set.of(KEY), fresh().deadline())).isTrue();
    ticker.advance(MILLI);
    cached.find(Set.of(KEY, OTHER), fresh());
    assertThat(store.calls()).hasSize(2);
    assertThat(store.calls().getLast().keys()).containsExactly(KEY);
    cached.find(Set.of(KEY, OTHER), fresh());
    assertThat(store.calls()).hasSize(2);
  }

  @Test
  void keep_readBeforeItWasInvalidated_isRefused() {
    Known before = Outcomes.found(KEY, 1, ticker.nanos());
    near.invalidate(Set.of(KEY), fresh().deadline());
    near.keep(Map.of(KEY, before, OTHER, before));
    assertThat(near.peek(KEY, fresh())).isEmpty();
    assertThat(near.peek(OTHER, fresh())).isPresent();
    ticker.advance(MILLI);
    near.keep(Map.of(KEY, Outcomes.found(KEY, 2, ticker.nanos())));
    near.keep(Map.of(KEY, before));
    assertThat(version(cached.find(KEY, fresh()))).contains("\"VERSION\":2");
  }

  @Test
  void keep_moreThanThereIsRoomFor_staysWithinTheBound() {
    NearCache small = new NearCache("small", new NearSettings(10_000, 1), lifetime, meters, ticker);
    for (Key key : keys(1, 1_000)) {
      small.keep(Map.of(key, Outcomes.found(key, 1, ticker.nanos())));
    }
    Await.until(
        "eviction",
        () ->
            keys(1, 1_000).stream().filter(key -> small.peek(key, fresh()).isPresent()).count()
                <= 50);
  }

  @Test
  void toString_showsTheChain() {
    assertThat(cached).hasToString("near(fake)");
  }

  private Outcome stored(Key key) {
    return Integer.parseInt(key.text()) <= 300
        ? Outcomes.found(key, 1, ticker.nanos())
        : Outcomes.absent(ticker.nanos());
  }

  private double gets(String result) {
    return meters
        .counter("cache.gets", "cache", "near", "dataset", "test", "result", result)
        .count();
  }

  private Need refresh() {
    Need need = fresh();
    return new Need(need.asked(), need.notOlderThan(), need.deadline(), Priority.REFRESH);
  }

  private Need fresh() {
    return need(FRESH);
  }

  private Need need(Duration age) {
    long now = ticker.nanos();
    return new Need(now, now - age.toNanos(), Deadline.after(PATIENCE, now));
  }

  private static String version(Outcome outcome) {
    return Outcomes.text(outcome);
  }

  /** The store, with what it gives put on the shelf as a loader does. */
  private final class Loading implements Lookup {

    @Override
    public Map<Key, Outcome> find(Set<Key> keys, Need need) {
      Map<Key, Outcome> outcomes = store.find(keys, need);
      outcomes.forEach(
          (key, outcome) -> {
            if (outcome instanceof Known known) {
              near.keep(Map.of(key, known));
            }
          });
      return outcomes;
    }

    @Override
    public String toString() {
      return store.toString();
    }
  }
}
