package io.papi.cache;

import static io.papi.testing.Outcomes.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.papi.dataset.Freshness;
import io.papi.lookup.Deadline;
import io.papi.lookup.Key;
import io.papi.lookup.Origin;
import io.papi.lookup.Origin.Layer;
import io.papi.lookup.Outcome.Found;
import io.papi.testing.ManualTicker;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the near cache says of itself. */
class NearMetersTest {
  private static final int MAX_BYTES = 10_000;

  private static final int ROW_BYTES = 100;

  /** An entry's own, and its row. */
  private static final int ENTRY_BYTES = 178 + ROW_BYTES;

  private final ManualTicker ticker = new ManualTicker();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Lifetime lifetime =
      new Lifetime(
          new Freshness(
              Duration.ofMinutes(3),
              Duration.ofHours(1),
              Duration.ofMillis(150),
              Duration.ofSeconds(30),
              0),
          1);
  private final NearCache cache =
      new NearCache("customer", new NearSettings(MAX_BYTES, 1), lifetime, meters, ticker);

  @Test
  void meters_empty_sayTheLimit() {
    assertThat(gauge("papi.near.memory.max")).isEqualTo(MAX_BYTES);
    assertThat(gauge("papi.near.memory.used")).isZero();
    assertThat(evicted()).isZero();
  }

  @Test
  void meters_someEntries_sayWhatTheyWeigh() {
    keep(100);
    keep(101);

    assertThat(gauge("papi.near.memory.used")).isEqualTo(2 * ENTRY_BYTES);
    assertThat(evicted()).isZero();
  }

  @Test
  void meters_moreThanThereIsRoomFor_countWhatIsEvicted() {
    for (int id = 100; id < 200; id++) {
      keep(id);
    }

    double used = gauge("papi.near.memory.used");
    assertThat(used).isBetween(MAX_BYTES - 2.0 * ENTRY_BYTES, (double) MAX_BYTES);
    assertThat(evicted()).isEqualTo(100 - used / ENTRY_BYTES);
  }

  @Test
  void meters_endedOrInvalidatedOrReplaced_isNotEvicted() {
    keep(100);
    keep(100);
    keep(101);
    cache.invalidate(Set.of(key(101)), new Deadline(0));
    ticker.advance(Duration.ofHours(2));
    keep(102);

    assertThat(gauge("papi.near.memory.used")).isEqualTo(ENTRY_BYTES);
    assertThat(evicted()).isZero();
  }

  private void keep(int id) {
    Found found = new Found(row("x".repeat(ROW_BYTES)), ticker.nanos(), Origin.of(Layer.STORE, 1));
    cache.keep(Map.of(key(id), found));
  }

  private static Key key(int id) {
    return new Key(Integer.toString(id));
  }

  private double gauge(String name) {
    return meters.get(name).tag("dataset", "customer").gauge().value();
  }

  private double evicted() {
    return meters.get("papi.near.evicted").tag("dataset", "customer").counter().count();
  }
}
