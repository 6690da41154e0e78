package io.papi.cache;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RedisClockTest {
  private static final long REDIS = 1_800_000_000_000_000L;
  private static final long HERE = -5_000_000_000L;

  private final RedisClock clock = new RedisClock();

  RedisClockTest() {
    clock.set(REDIS, HERE - 1000, HERE + 1000);
  }

  @Test
  void micros_later_countsOn() {
    assertThat(clock.micros(HERE + 7_000)).isEqualTo(REDIS + 7);
  }

  @Test
  void readAt_past_isAsLongAgoHere() {
    assertThat(clock.readAt(REDIS - 3_000_000, HERE)).isEqualTo(HERE - 3_000_000_000L);
  }

  @Test
  void readAt_nearFuture_isNow() {
    assertThat(clock.isFuture(REDIS + 900_000, HERE)).isFalse();
    assertThat(clock.readAt(REDIS + 900_000, HERE)).isEqualTo(HERE);
  }

  @ParameterizedTest
  @ValueSource(longs = {REDIS + 1_000_001, Long.MAX_VALUE})
  void isFuture_moreThanASecondAhead_isTrue(long readMicros) {
    assertThat(clock.isFuture(readMicros, HERE)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE})
  void readAt_absurdlyOld_isOldNotYoung(long readMicros) {
    assertThat(clock.isFuture(readMicros, HERE)).isFalse();
    assertThat(HERE - clock.readAt(readMicros, HERE)).isGreaterThan(1_000_000_000_000_000L);
  }
}
