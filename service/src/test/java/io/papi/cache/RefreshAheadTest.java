package io.papi.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.papi.dataset.Freshness;
import io.papi.lookup.Deadline;
import io.papi.lookup.Key;
import io.papi.lookup.Need;
import io.papi.lookup.Need.Priority;
import io.papi.lookup.Origin;
import io.papi.lookup.Origin.Layer;
import io.papi.lookup.Outcome;
import io.papi.lookup.Outcome.Known;
import io.papi.lookup.Outcome.Reason;
import io.papi.lookup.Outcome.Unavailable;
import io.papi.testing.FakeLookup;
import io.papi.testing.FakeLookup.Call;
import io.papi.testing.ManualTicker;
import io.papi.testing.Outcomes;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RefreshAheadTest {
  private static final Key KEY = new Key("7");
  private static final Duration FRESH = Duration.ofMinutes(3);
  private static final Duration NEGATIVE = Duration.ofSeconds(30);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final int BATCH = 10;
  private static final int LANES = 2;

  private final ManualTicker ticker = new ManualTicker();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Queue<Runnable> background = new ArrayDeque<>();
  private final Lifetime lifetime =
      new Lifetime(new Freshness(FRESH, Duration.ofHours(1), Duration.ZERO, NEGATIVE, 0), 0);
  private final NearCache near = near(1);
  private final FakeLookup store = new FakeLookup(this::loaded);
  private final RefreshAhead refresh = refresh(near);

  @Test
  void look_askedForAndAboutToEnd_isReadAgain() {
    load(KEY);
    ask(KEY);
    ticker.advance(FRESH.minus(SECOND.multipliedBy(3)));
    look();
    assertThat(store.calls()).isEmpty();

    ticker.advance(SECOND);
    look();

    assertThat(calls()).containsExactly(Set.of(KEY));
    assertThat(store.calls().getFirst().need().priority()).isEqualTo(Priority.REFRESH);
    assertThat(refreshes("ok")).isEqualTo(1);
  }

  @Test
  void look_nobodyAsked_isLeft() {
    load(KEY);
    nearTheEnd();
    look();

    assertThat(store.calls()).isEmpty();
  }

  @Test
  void look_askedLessOftenThanIsEnough_isLeft() {
    NearCache picky = near(3);
    RefreshAhead pickyRefresh = refresh(picky);
    Key often = new Key("8");
    picky.keep(Map.of(KEY, row(KEY), often, row(often)));
    for (int i = 0; i < 3; i++) {
      picky.peek(often, caller());
      if (i > 0) {
        picky.peek(KEY, caller());
      }
    }
    nearTheEnd();
    pickyRefresh.look();
    run();

    assertThat(calls()).containsExactly(Set.of(often));
  }

  @Test
  void look_refreshSwitchedOff_isLeft() {
    NearCache off = near(0);
    off.keep(Map.of(KEY, row(KEY)));
    off.peek(KEY, caller());
    nearTheEnd();

    assertThat(off.isRefreshed()).isFalse();
    assertThat(off.due(ticker.nanos() + FRESH.toNanos())).isEmpty();
  }

  @Test
  void look_askedInABatch_isReadAgain() {
    load(KEY);
    assertThat(near.read(Set.of(KEY), new Deadline(0)).orElseThrow().held().apply(KEY)).isNotNull();
    nearTheEnd();
    look();

    assertThat(calls()).containsExactly(Set.of(KEY));
  }

  @Test
  void look_absentAndAskedFor_isReadAgainBeforeItsOwnEnd() {
    near.keep(Map.of(KEY, Outcomes.absent(ticker.nanos())));
    ask(KEY);
    ticker.advance(NEGATIVE.minus(SECOND.multipliedBy(2)));
    look();

    assertThat(calls()).containsExactly(Set.of(KEY));
  }

  @Test
  void look_absentForAFewLooksOnly_isLeftToItsNextCaller() {
    Duration brief = Duration.ofSeconds(4);
    Lifetime briefly =
        new Lifetime(new Freshness(FRESH, Duration.ofHours(1), Duration.ZERO, brief, 0), 0);
    NearCache cache = new NearCache("brief", new NearSettings(1 << 20, 1), briefly, meters, ticker);
    RefreshAhead ahead = refresh(cache);
    cache.keep(Map.of(KEY, Outcomes.absent(ticker.nanos())));
    for (int i = 0; i < 4; i++) {
      cache.peek(KEY, caller());
      ahead.look();
      run();
      ticker.advance(SECOND);
    }

    assertThat(store.calls()).isEmpty();
  }

  @Test
  void look_readAgain_staysFreshAndIsAskedForAgainOrInVain() {
    load(KEY);
    ask(KEY);
    nearTheEnd();
    look();
    ticker.advance(SECOND.multipliedBy(3));
    assertThat(ask(KEY)).isPresent();

    ticker.advance(FRESH.minus(SECOND.multipliedBy(5)));
    look();
    assertThat(calls()).hasSize(2);
    assertThat(worth("asked")).isEqualTo(1);
    assertThat(worth("vain")).isZero();

    nearTheEnd();
    look();
    assertThat(calls()).hasSize(2);
    assertThat(worth("vain")).isEqualTo(1);
  }

  @Test
  void look_readAgainAndInvalidated_isInVainOnce() {
    load(KEY);
    ask(KEY);
    nearTheEnd();
    look();
    near.invalidate(Set.of(KEY), new Deadline(0));

    assertThat(worth("vain")).isEqualTo(1);
    nearTheEnd();
    look();
    assertThat(worth("vain")).isEqualTo(1);
    assertThat(calls()).hasSize(1);
  }

  @Test
  void look_manyDue_areReadInFullStatementsAndNoMoreAtOnceThanItsLanes() {
    Set<Key> keys = keys(1, 45);
    keys.forEach(this::load);
    keys.forEach(this::ask);
    nearTheEnd();
    refresh.look();
    refresh.look();

    assertThat(background).hasSize(LANES);
    run();
    assertThat(calls()).extracting(Set::size).containsExactly(10, 10, 10, 10, 5);
    assertThat(calls().stream().flatMap(Set::stream).collect(Collectors.toSet())).isEqualTo(keys);
  }

  @Test
  void look_readElsewhereMeanwhile_isTakenFromThere() {
    load(KEY);
    ask(KEY);
    nearTheEnd();
    long readAt = ticker.nanos() - SECOND.toNanos();
    store.answer(key -> Outcomes.found(key, 2, readAt).from(Origin.of(Layer.REDIS, 1)));
    look();

    assertThat(refreshes("shared")).isEqualTo(1);
    assertThat(refreshes("ok")).isZero();
    assertThat(ask(KEY).map(Known::readAt)).contains(readAt);
  }

  @Test
  void look_need_isYoungerThanAllThatIsHeld() {
    load(KEY);
    ticker.advance(Duration.ofMillis(100));
    load(new Key("8"));
    final long youngest = ticker.nanos();
    ask(KEY);
    ask(new Key("8"));
    nearTheEnd();
    look();

    Need need = store.calls().getFirst().need();
    assertThat(need.isMetBy(youngest)).isFalse();
    assertThat(need.isMetBy(youngest + Duration.ofMillis(10).toNanos())).isFalse();
    assertThat(need.isMetBy(youngest + SECOND.toNanos())).isTrue();
  }

  @Test
  void look_invalidatedOrReplacedOrEndedMeanwhile_isLeft() {
    Key replaced = new Key("8");
    Key ended = new Key("9");
    for (Key key : Set.of(KEY, replaced, ended)) {
      load(key);
      ask(key);
    }
    nearTheEnd();
    refresh.look();
    near.invalidate(Set.of(KEY), new Deadline(0));
    load(replaced);
    ticker.advance(SECOND.multipliedBy(3));
    run();

    assertThat(store.calls()).isEmpty();
  }

  @Test
  void look_storeDown_isTriedOnceALookAndResumesWithoutABurst() {
    Set<Key> keys = keys(1, 300);
    store.answer(_ -> new Unavailable(Reason.STORE_UNREACHABLE));
    int number = 0;
    for (Key key : keys) {
      load(key);
      ask(key);
      // so that some end each second
      ticker.advance(number++ % 30 == 29 ? SECOND : Duration.ZERO);
    }
    ticker.advance(FRESH.minus(SECOND.multipliedBy(12)));
    look(); // all lanes try, and stop
    int before = store.calls().size();
    for (int second = 0; second < 4; second++) {
      ticker.advance(SECOND);
      look();
    }
    assertThat(store.calls()).hasSize(before + 4);

    store.answer(this::loaded);
    ticker.advance(SECOND);
    refresh.look();
    assertThat(background).hasSize(1);
    run();
    ticker.advance(SECOND);
    refresh.look();
    assertThat(background.size()).isLessThanOrEqualTo(LANES);
    run();
    assertThat(refreshes("failed")).isPositive();
    assertThat(refreshes("ok")).isBetween(1.0, 90.0);
  }

  @Test
  void look_noLaneIdle_isTriedAgainAtTheNextLook() {
    load(KEY);
    ask(KEY);
    nearTheEnd();
    store.answer(_ -> new Unavailable(Reason.OVERLOADED));
    look();
    assertThat(refreshes("dropped")).isEqualTo(1);

    store.answer(this::loaded);
    ticker.advance(Duration.ofMillis(500));
    look();
    assertThat(refreshes("ok")).isEqualTo(1);
  }

  @Test
  void look_storeHangs_nothingMoreIsAsked() {
    Set<Key> keys = keys(1, 100);
    keys.forEach(this::load);
    keys.forEach(this::ask);
    nearTheEnd();
    refresh.look(); // what it began hangs: it is not run

    for (int second = 0; second < 5; second++) {
      ticker.advance(SECOND);
      refresh.look();
    }
    assertThat(background).hasSize(LANES);
  }

  @Test
  void look_readByACallerAfterItEnded_isNotCountedAsReadAhead() {
    load(KEY);
    ask(KEY);
    nearTheEnd();
    store.answer(_ -> new Unavailable(Reason.STORE_FAILED));
    look();
    ticker.advance(SECOND.multipliedBy(3));
    look();
    load(KEY);
    nearTheEnd();
    look();

    assertThat(worth("asked") + worth("vain")).isZero();
  }

  @Test
  void look_afterALongPause_findsNothingThatHasEnded() {
    load(KEY);
    ask(KEY);
    ticker.advance(Duration.ofHours(10));
    look();

    assertThat(store.calls()).isEmpty();
  }

  /** As much earlier as a statement takes. */
  @Test
  void look_lead_isReadSoMuchEarlier() {
    Duration lead = Duration.ofSeconds(10);
    RefreshAhead early = refresh(near, new RefreshSettings(1, 1, lead, Duration.ofSeconds(20)));
    load(KEY);
    ask(KEY);
    ticker.advance(FRESH.minus(SECOND.multipliedBy(3)).minus(lead));
    early.look();
    run();
    assertThat(store.calls()).isEmpty();

    ticker.advance(SECOND);
    early.look();
    run();
    assertThat(calls()).containsExactly(Set.of(KEY));
  }

  /** The statement is over before the row ends, so nobody waits for it. */
  @Test
  void look_leadAndSlowStatement_isReplacedBeforeItEnds() {
    Duration takes = Duration.ofSeconds(8);
    RefreshAhead early =
        refresh(near, new RefreshSettings(1, 1, Duration.ofSeconds(10), Duration.ofSeconds(20)));
    store.answer(
        key -> {
          Known row = row(key);
          ticker.advance(takes);
          assertThat(ask(key)).isPresent();
          near.keep(Map.of(key, row));
          return row;
        });
    load(KEY);
    for (int second = 0; second < 3 * FRESH.toSeconds(); second++) {
      assertThat(ask(KEY)).isPresent();
      early.look();
      run();
      ticker.advance(SECOND);
    }

    assertThat(refreshes("ok")).isBetween(2.0, 4.0);
    assertThat(refreshes("failed")).isZero();
    assertThat(worth("vain")).isZero();
  }

  @Test
  void look_patience_isHowLongItWaits() {
    Duration patience = Duration.ofMinutes(2);
    RefreshAhead patient = refresh(near, new RefreshSettings(1, 1, Duration.ZERO, patience));
    load(KEY);
    ask(KEY);
    nearTheEnd();
    patient.look();
    run();

    Need need = store.calls().getFirst().need();
    assertThat(need.deadline().remaining(ticker.nanos())).isEqualTo(patience.toNanos());
  }

  /** What is fresh for thirty seconds would be read three times in them. */
  @Test
  void look_absentForLessThanTenLeads_isLeftToItsNextCaller() {
    RefreshAhead early =
        refresh(near, new RefreshSettings(1, 1, Duration.ofSeconds(10), Duration.ofSeconds(20)));
    near.keep(Map.of(KEY, Outcomes.tooLarge(ticker.nanos())));
    for (int second = 0; second < NEGATIVE.toSeconds(); second++) {
      ask(KEY);
      early.look();
      run();
      ticker.advance(SECOND);
    }
    assertThat(store.calls()).isEmpty();
  }

  @Test
  void new_negativeLeadOrNoPatience_isRefused() {
    assertThatThrownBy(() -> new RefreshSettings(1, 1, Duration.ofNanos(-1), SECOND))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RefreshSettings(1, 1, Duration.ZERO, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void nearTheEnd() {
    ticker.advance(FRESH.minus(SECOND.multipliedBy(2)));
  }

  private void look() {
    refresh.look();
    run();
  }

  private void run() {
    while (!background.isEmpty()) {
      background.remove().run();
    }
  }

  private void load(Key key) {
    near.keep(Map.of(key, row(key)));
  }

  private Optional<Known> ask(Key key) {
    return near.peek(key, caller());
  }

  private Need caller() {
    long now = ticker.nanos();
    return new Need(now, now - FRESH.toNanos(), new Deadline(now));
  }

  /** What a load brings is kept, as a lane does it. */
  private Outcome loaded(Key key) {
    Known row = row(key);
    near.keep(Map.of(key, row));
    return row;
  }

  private Known row(Key key) {
    return Outcomes.found(key, 1, ticker.nanos());
  }

  private NearCache near(int hits) {
    return new NearCache("test", new NearSettings(1 << 20, hits), lifetime, meters, ticker);
  }

  private RefreshAhead refresh(NearCache cache) {
    return refresh(cache, new RefreshSettings(LANES, BATCH));
  }

  private RefreshAhead refresh(NearCache cache, RefreshSettings settings) {
    return new RefreshAhead(
        "test", cache, store, lifetime, settings, meters, ticker, background::add);
  }

  private List<Set<Key>> calls() {
    return store.calls().stream().map(Call::keys).toList();
  }

  private static Set<Key> keys(int first, int last) {
    return IntStream.rangeClosed(first, last)
        .mapToObj(number -> new Key(Integer.toString(number)))
        .collect(Collectors.toSet());
  }

  private double refreshes(String outcome) {
    return meters.counter("papi.refresh", "dataset", "test", "outcome", outcome).count();
  }

  private double worth(String result) {
    return meters.counter("papi.refresh.worth", "dataset", "test", "result", result).count();
  }
}
