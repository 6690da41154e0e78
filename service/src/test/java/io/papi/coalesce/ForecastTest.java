package io.papi.coalesce;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ForecastTest {
  private static final int LANES = 2;
  private static final int BATCH = 4;
  private static final long LOAD = Duration.ofMillis(100).toNanos();

  private final Forecast forecast =
      new Forecast(new CoalesceSettings(LANES, BATCH, 1_000, 1_000, Duration.ofSeconds(1)));

  /** Lanes that were all taken at zero, of loads that take a hundred milliseconds. */
  private void takeLanes() {
    forecast.sent(-LOAD);
    forecast.landed(-LOAD, 0);
    for (int lane = 0; lane < LANES; lane++) {
      forecast.sent(0);
    }
  }

  @Test
  void isInTime_nothingKnown_isTrue() {
    forecast.sent(0);
    forecast.sent(0);
    assertThat(forecast.isInTime(1_000, 1, 1, 0)).isTrue();
  }

  @Test
  void isInTime_aLaneIsFree_isTrue() {
    forecast.sent(-LOAD);
    forecast.landed(-LOAD, 0);
    forecast.sent(0);
    assertThat(forecast.isInTime(0, 1, 1, 0)).isTrue();
  }

  @Test
  void isInTime_queueTakesThreeQuartersOfWhatIsLeft_isTrueUpToThere() {
    takeLanes();
    // the lanes' own load, five batches ahead on two lanes, its own load
    long expected = LOAD + 5 * LOAD / LANES + LOAD;
    long left = expected / 3 * 4;
    assertThat(forecast.isInTime(6 * BATCH - 1, 1, left, 0)).isTrue();
    assertThat(forecast.isInTime(6 * BATCH, 1, left, 0)).isFalse();
  }

  @Test
  void isInTime_loadUnderWayIsNearlyDone_waitsForTheRestOfItAlone() {
    takeLanes();
    long left = Duration.ofMillis(200).toNanos();
    assertThat(forecast.isInTime(0, 1, left, LOAD / 4)).isFalse();
    assertThat(forecast.isInTime(0, 1, left, LOAD / 2)).isTrue();
  }

  @Test
  void isInTime_storeTooSlowForAnybody_letsABatchWaitForEachLane() {
    takeLanes();
    assertThat(forecast.isInTime(LANES * BATCH - 1, 1, LOAD, 0)).isTrue();
    assertThat(forecast.isInTime(LANES * BATCH, 1, LOAD, 0)).isFalse();
  }

  @Test
  void isInTime_severalKeys_isAskedOfTheLastOne() {
    takeLanes();
    long expected = LOAD + 5 * LOAD / LANES + LOAD;
    long left = expected / 3 * 4;
    assertThat(forecast.isInTime(6 * BATCH - 1, 2 * BATCH, left, 0)).isTrue();
    assertThat(forecast.isInTime(6 * BATCH, 2 * BATCH, left, 0)).isFalse();
  }

  @Test
  void isInTime_moreKeysThanAnybodysPatience_letsThemWaitBehindABatchForEachLane() {
    takeLanes();
    int keys = 10 * BATCH;
    long left = 3 * LOAD;
    assertThat(forecast.isInTime(LANES * BATCH - 1 + keys - 1, keys, left, 0)).isTrue();
    assertThat(forecast.isInTime(LANES * BATCH + keys - 1, keys, left, 0)).isFalse();
  }
}
