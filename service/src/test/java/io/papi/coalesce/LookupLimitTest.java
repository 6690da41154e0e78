package io.papi.coalesce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.papi.lookup.Key;
import io.papi.lookup.Lookup;
import io.papi.lookup.LookupContract;
import io.papi.lookup.Outcome.Found;
import io.papi.lookup.Outcome.Reason;
import io.papi.lookup.Outcome.Unavailable;
import io.papi.lookup.Ticker;
import io.papi.testing.FakeLookup;
import io.papi.testing.ManualTicker;
import io.papi.testing.Outcomes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LookupLimitTest extends LookupContract {
  private final ManualTicker ticker = new ManualTicker();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final FakeLookup store = new FakeLookup(key -> stored(key, ticker));
  private final LookupLimit limit =
      new LookupLimit(new CoalesceSettings(1, 1, 1, 2, Duration.ofMillis(1)), meters);
  private final Lookup limited = limit.around(store);

  @Override
  protected Lookup lookup() {
    return limited;
  }

  @Override
  protected Ticker ticker() {
    return ticker;
  }

  @Test
  void find_withinAnother_upToTheBound_isAnswered() {
    FakeLookup inner = new FakeLookup(key -> limited.find(key, need()));
    assertThat(limit.around(inner).find(new Key("7"), need())).isInstanceOf(Found.class);
  }

  @Test
  void find_beyondTheBound_isOverloaded_whateverTheDataset() {
    FakeLookup inner = new FakeLookup(key -> limited.find(key, need()));
    FakeLookup outer = new FakeLookup(key -> limit.around(inner).find(key, need()));
    assertThat(limit.around(outer).find(new Key("7"), need()))
        .isEqualTo(new Unavailable(Reason.OVERLOADED));
    assertThat(store.calls()).isEmpty();
    assertThat(meters.counter("papi.rejected", "reason", "lookups").count()).isEqualTo(1);
    assertThat(limited.find(new Key("7"), need())).isInstanceOf(Found.class);
  }

  @Test
  void find_beyondTheBound_countsEveryId() {
    List<Object> outcomes = new ArrayList<>();
    FakeLookup inner =
        new FakeLookup(
            key -> {
              outcomes.addAll(limited.find(keys(1, 30), need()).values());
              return Outcomes.absent(ticker.nanos());
            });
    FakeLookup outer = new FakeLookup(key -> limit.around(inner).find(key, need()));
    limit.around(outer).find(new Key("7"), need());
    assertThat(outcomes).hasSize(30).containsOnly(new Unavailable(Reason.OVERLOADED));
    assertThat(meters.counter("papi.rejected", "reason", "lookups").count()).isEqualTo(30);
  }

  @Test
  void find_nextThrows_givesItsPlaceBack() {
    store.answer(
        _ -> {
          throw new IllegalStateException("broken on purpose");
        });
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> limited.find(new Key("7"), need()))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void toString_showsTheChain() {
    assertThat(limited).hasToString("limited(fake)");
  }
}
