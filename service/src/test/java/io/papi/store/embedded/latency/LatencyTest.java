package io.papi.store.embedded.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LatencyTest {
  private static final int DRAWS = 100_000;

  @Test
  void draw_hasTheMedianAndThe99thPercentile() {
    Latency latency = new Latency(Duration.ofMillis(30), Duration.ofMillis(100));
    Random random = new Random(1885);
    double[] millis = new double[DRAWS];
    Arrays.setAll(millis, i -> latency.draw(random).toNanos() / 1e6);
    Arrays.sort(millis);
    assertThat(millis[DRAWS / 2]).isCloseTo(30, within(0.5));
    assertThat(millis[DRAWS / 100 * 99]).isCloseTo(100, within(3.0));
  }

  @Test
  void draw_sameMedianAnd99thPercentile_isConstant() {
    Latency latency = new Latency(Duration.ofMillis(30), Duration.ofMillis(30));
    assertThat(latency.draw(new Random(1885))).isEqualTo(Duration.ofMillis(30));
  }

  @Test
  void new_99thPercentileBelowTheMedian_throwsException() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Latency(Duration.ofMillis(30), Duration.ofMillis(29)))
        .withMessage("a median of 30 ms and a 99th percentile of 29 ms");
  }

  @Test
  void new_99thPercentileWithoutMedian_throwsException() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Latency(Duration.ZERO, Duration.ofMillis(29)));
  }
}
