package io.papi.http.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.papi.http.connection.OpenConnections;
import io.papi.testing.Property;
import java.util.Optional;
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

  @Test
  void within_anyDescriptors_allTogetherFit() {
    Property.check(
        random -> {
          int max = random.nextInt(300, 100_001);
          int asked = random.nextInt(1, 100_001);
          ConnectionLimits limits = ConnectionLimits.within(asked, descriptors(max), POOL);
          long worst = 90 + POOL + most(limits.callers()) + most(limits.operators());
          assertThat(worst).isLessThanOrEqualTo(max - 64);
        });
  }

  /** Those that are open, those that are on their way out, and those that are being refused. */
  private static long most(int limit) {
    return limit + 2 * OpenConnections.slack(limit);
  }

  private static Optional<Descriptors> descriptors(int max) {
    return Optional.of(new Descriptors(max, 90));
  }
}
