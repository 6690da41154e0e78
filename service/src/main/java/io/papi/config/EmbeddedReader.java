package io.papi.config;

import io.papi.config.tree.Key;
import io.papi.config.tree.Section;
import io.papi.config.tree.Type;
import io.papi.store.embedded.EmbeddedSettings;
import io.papi.store.embedded.Latency;
import java.time.Duration;
import java.util.List;

/** Reads the settings of the embedded store. */
final class EmbeddedReader {
  private static final Duration MAX_LATENCY = Duration.ofMinutes(1);

  private static final Key<Integer> ROWS = Key.of("rows", Type.whole(1, 65_000_000));
  private static final Key<Duration> P50 =
      Key.of("embedded-latency-p50", Type.duration(Duration.ZERO, MAX_LATENCY));
  private static final Key<Duration> P99 = p99(Duration.ZERO, MAX_LATENCY);
  private static final Key<Integer> STATEMENTS =
      Key.of("embedded-statements", Type.whole(1, 1_000));

  static final List<Key<?>> KEYS = List.of(ROWS, P50, P99, STATEMENTS);

  private EmbeddedReader() {}

  static EmbeddedSettings read(Section root) {
    Duration p50 = root.get(P50);
    // A 99th percentile only means something beside a median.
    Duration p99 = root.get(p99(p50, p50.isZero() ? Duration.ZERO : MAX_LATENCY));
    return new EmbeddedSettings(root.get(ROWS), new Latency(p50, p99), root.get(STATEMENTS));
  }

  private static Key<Duration> p99(Duration min, Duration max) {
    return Key.of("embedded-latency-p99", Type.duration(min, max));
  }
}
