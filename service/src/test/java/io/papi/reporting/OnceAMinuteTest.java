package io.papi.reporting;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class OnceAMinuteTest {

  @Test
  void isDue_atOnceAndAfterAMinute() {
    OnceAMinute warning = new OnceAMinute();
    long now = Long.MAX_VALUE - 5;
    long minute = Duration.ofMinutes(1).toNanos();
    assertThat(warning.isDue(now)).isTrue();
    assertThat(warning.isDue(now + minute - 1)).isFalse();
    assertThat(warning.isDue(now + minute)).isTrue();
    assertThat(warning.isDue(now + minute + 1)).isFalse();
  }
}
