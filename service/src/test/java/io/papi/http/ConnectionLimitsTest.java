package io.papi.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ConnectionLimitsTest {
  private static final int POOL = 8;

  @Test
  void within_enoughDescriptors_isWhatWasAskedFor() {
    assertThat(ConnectionLimits.within(10_000, descriptors(20_000), POOL))
        .isEqualTo(new ConnectionLimits(10_000, 64));
  }

  @Test
  void within_systemDoesNotTell_isWhatWasAskedFor() {
    assertThat(ConnectionLimits.within(10_000, Optional.empty(), POOL))
        .isEqualTo(new ConnectionLimits(10_000, 64));
  }

  @Test
  void within_fewDescriptors_leavesRoomForAllElse() {
    ConnectionLimits limits = ConnectionLimits.within(10_000, descriptors(256), POOL);
    assertThat(limits.callers()).isBetween(40, 90);
    assertThat(limits.operators()).isBetween(8, 30);
  }

  @Test
  void within_noDescriptors_refusesAndSaysTheNumbers() {
    assertThatThrownBy(() -> ConnectionLimits.within(10_000, descriptors(180), POOL))
        .isInstanceOf(CannotListenException.class)
        .hasMessageContaining("may open 180 files")
        .hasMessageContaining("90 are open and 72 are kept free")
        .hasMessageContaining("ulimit -n");
  }

  @Property
  void within_anyDescriptors_allTogetherFit(
      @ForAll @IntRange(min = 300, max = 100_000) int max,
      @ForAll @IntRange(min = 1, max = 100_000) int asked) {
    ConnectionLimits limits = ConnectionLimits.within(asked, descriptors(max), POOL);
    int worst = 90 + POOL + most(limits.callers()) + most(limits.operators());
    assertThat(worst).isLessThanOrEqualTo(max - 64);
  }

  /** Those that are open, those that are on their way out, and those that are being refused. */
  private static int most(int limit) {
    return limit + 2 * ConnectionLimits.slack(limit);
  }

  private static Optional<Descriptors> descriptors(int max) {
    return Optional.of(new Descriptors(max, 90));
  }
}
