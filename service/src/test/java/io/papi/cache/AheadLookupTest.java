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
import io.papi.lookup.Outcome;
import io.papi.lookup.Outcome.Reason;
import io.papi.lookup.Outcome.Unavailable;
import io.papi.lookup.Ticker;
import io.papi.testing.FakeLookup;
import io.papi.testing.ManualTicker;
import io.papi.testing.Outcomes;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AheadLookupTest extends LookupContract {
  private static final Key KEY = new Key("7");
  private static final Duration FRESH = Duration.ofMinutes(3);

  /** What a load of the rows here took, by {@link Outcomes#found}. */
  private static final Duration COST = Duration.ofNanos(1_000);

  private final ManualTicker ticker = new ManualTicker();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Queue<Runnable> background = new ArrayDeque<>();
  private final long readAt = ticker.nanos();
  private final FakeLookup next = new FakeLookup(this::row);
  private double chance = 0.5;
  private final AheadLookup ahead =
      new AheadLookup(
          "test",
          next,
          new Lifetime(
              new Freshness(FRESH, Duration.ofHours(1), Duration.ZERO, Duration.ofSeconds(30), 0),
              0),
          meters,
          ticker,
          () -> chance,
          background::add);

  @BeforeEach
  void nearTheEnd() {
    ticker.advance(FRESH.minus(COST));
  }

  @Override
  protected Lookup lookup() {
    return ahead;
  }

  @Override
  protected Ticker ticker() {
    return ticker;
  }

  @Test
  void find_dueByChance_isReadAgainInTheBackground() {
    chance = 0.3; // -ln 0.3 = 1.2 times the cost, and one cost is left
    ahead.find(KEY, need());
    assertThat(next.calls()).hasSize(1);
    background.remove().run();
    assertThat(next.calls().getLast().keys()).containsExactly(KEY);
    assertThat(next.calls().getLast().need().priority()).isEqualTo(Priority.REFRESH);
    assertThat(next.calls().getLast().need().notOlderThan()).isEqualTo(ticker.nanos());
    assertThat(refreshes("ok")).isEqualTo(1);
  }

  @Test
  void find_notDueByChance_isLeft() {
    chance = 0.5; // -ln 0.5 = 0.7 times the cost
    ahead.find(KEY, need());
    assertThat(background).isEmpty();
  }

  @Test
  void find_longBeforeTheEnd_isNeverDue() {
    ticker.advance(FRESH.dividedBy(-2));
    chance = Double.MIN_VALUE;
    ahead.find(KEY, need());
    assertThat(background).isEmpty();
  }

  @Test
  void find_absent_isNeverDue() {
    next.answer(_ -> Outcomes.absent(readAt));
    chance = Double.MIN_VALUE;
    ahead.find(KEY, need());
    assertThat(background).isEmpty();
  }

  @Test
  void find_dueManyTimes_isReadOnceAndInBulk() {
    chance = 0.1;
    ahead.find(KEY, need());
    ahead.find(KEY, need());
    ahead.find(keys(1, 9), need());
    assertThat(background).hasSize(1);
    background.remove().run();
    assertThat(next.calls().getLast().keys()).isEqualTo(keys(1, 9));
    assertThat(background).isEmpty();
  }

  @Test
  void find_dueWhileARefreshRuns_isReadByTheNext() {
    chance = 0.1;
    ahead.find(KEY, need());
    next.answer(
        key -> {
          next.answer(this::row);
          ahead.find(new Key("8"), need());
          return row(key);
        });
    background.remove().run();
    background.remove().run();
    assertThat(next.calls().getLast().keys()).isEqualTo(Set.of(new Key("8")));
  }

  @Test
  void find_refreshRejected_isCountedAndDueAgain() {
    chance = 0.1;
    ahead.find(KEY, need());
    next.answer(_ -> new Unavailable(Reason.OVERLOADED));
    background.remove().run();
    assertThat(refreshes("dropped")).isEqualTo(1);
    next.answer(this::row);
    ahead.find(KEY, need());
    assertThat(background).hasSize(1);
  }

  @Test
  void toString_showsTheChain() {
    assertThat(ahead).hasToString("ahead(fake)");
  }

  @Override
  protected Need need() {
    return new Need(ticker.nanos(), readAt, Deadline.after(Duration.ofSeconds(1), ticker.nanos()));
  }

  private Outcome row(Key key) {
    return Integer.parseInt(key.text()) <= 300
        ? Outcomes.found(key, 1, readAt)
        : Outcomes.absent(readAt);
  }

  private double refreshes(String outcome) {
    return meters.counter("papi.refresh", "dataset", "test", "outcome", outcome).count();
  }
}
