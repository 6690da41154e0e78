package io.papi.cache.redis.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TimelineTest {
  private static final long REDIS = 1_800_000_000_000_000L;
  private static final long HERE = -5_000_000_000L;
  private static final long MARGIN_NANOS = 100_000_000;

  /** The exchange took 2 ms. */
  private final Timeline timeline =
      Timeline.begin(7, ClockReading.of(REDIS, HERE - 1_000_000, HERE + 1_000_000));

  @Test
  void stamp_isNeverLaterThanItWas() {
    assertThat(timeline.stamp(HERE)).isEqualTo(new Stamp(7, REDIS - 1_001));
  }

  @Test
  void readAt_ofItsStamp_isNotLater_andLittleEarlier() {
    long readAt = HERE + 3_000_000_000L;
    long now = readAt + 20_000_000_000L;

    assertThat(readAt - timeline.readAt(timeline.stamp(readAt).micros(), now))
        .isBetween(MARGIN_NANOS, MARGIN_NANOS + 3_000_000);
  }

  @Test
  void readAt_nearFuture_isNow() {
    assertThat(timeline.isFuture(REDIS + 900_000, HERE)).isFalse();
    assertThat(timeline.readAt(REDIS + 900_000, HERE)).isEqualTo(HERE);
  }

  @ParameterizedTest
  @ValueSource(longs = {REDIS + 1_010_000, Long.MAX_VALUE})
  void isFuture_moreThanASecondAhead_isTrue(long micros) {
    assertThat(timeline.isFuture(micros, HERE)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE})
  void readAt_absurdlyOld_isOldNotYoung(long micros) {
    assertThat(timeline.isFuture(micros, HERE)).isFalse();
    assertThat(HERE - timeline.readAt(micros, HERE)).isGreaterThan(1_000_000_000_000_000L);
  }

  @ParameterizedTest
  @ValueSource(longs = {-14_000_000, -100_000, 100_000, 3_600_000_000L})
  void jump_clockStepped_isTheStep(long step) {
    assertThat(timeline.jump(reading(Duration.ofSeconds(1), step)))
        .isBetween(step - 10_000, step + 10_000);
  }

  @ParameterizedTest
  @ValueSource(longs = {-45_000, 0, 45_000})
  void jump_withinTheTolerance_isNone(long step) {
    assertThat(timeline.jump(reading(Duration.ofSeconds(1), step))).isZero();
  }

  @Test
  void jump_slowExchange_isNone() {
    long sent = HERE + 1_000_000_000L;
    long answered = sent + 9_000_000_000L;

    assertThat(timeline.jump(ClockReading.of(REDIS + 1_000_100, sent, answered))).isZero();
    assertThat(timeline.jump(ClockReading.of(REDIS + 9_999_900, sent, answered))).isZero();
  }

  @Test
  void follow_slowDrift_neverJumps() {
    Timeline followed = timeline;
    for (int second = 1; second <= 3_600; second++) {
      ClockReading reading = reading(Duration.ofSeconds(second), -400L * second);
      assertThat(followed.jump(reading)).isZero();
      followed = followed.follow(reading);
    }
    assertThat(followed.low() - timeline.low()).isBetween(-1_450_000L, -1_400_000L);
  }

  /** Each step is too small to be seen, but together they are not. */
  @Test
  void follow_manySmallSteps_isAJumpInTheEnd() {
    Timeline followed = timeline;
    for (int second = 1; second <= 2; second++) {
      ClockReading reading = reading(Duration.ofSeconds(second), -40_000L * second);
      if (followed.jump(reading) != 0) {
        return;
      }
      followed = followed.follow(reading);
    }
    throw new AssertionError("no jump was seen");
  }

  @Test
  void follow_betterReading_knowsItBetter() {
    Timeline wide = Timeline.begin(7, ClockReading.of(REDIS, HERE - 50_000_000, HERE + 50_000_000));

    Timeline followed = wide.follow(reading(Duration.ofSeconds(1), 0));

    assertThat(followed.high() - followed.low()).isLessThan(5_000);
  }

  /** What a clock that has stepped by {@code step} microseconds says some time later. */
  private static ClockReading reading(Duration later, long step) {
    long at = HERE + later.toNanos();
    long micros = REDIS + later.toNanos() / 1000 + step;
    return ClockReading.of(micros, at - 500_000, at + 500_000);
  }
}
