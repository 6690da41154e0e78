package io.papi.http.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.papi.caller.Rate;
import io.papi.testing.ManualTicker;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LimitTest {
  private final ManualTicker ticker = new ManualTicker();
  private final Limit limit = new Limit(new Rate(10, 30), ticker);

  @Test
  void take_burst_isThereAtOnceAndNotMore() {
    assertThat(limit.take(30)).isTrue();
    assertThat(limit.take(1)).isFalse();
  }

  @Test
  void take_moreThanThereAre_takesNone() {
    assertThat(limit.take(25)).isTrue();
    assertThat(limit.take(6)).isFalse();
    assertThat(limit.take(5)).isTrue();
  }

  @Test
  void take_afterAWhile_givesWhatTheRateHasFilled() {
    assertThat(limit.take(30)).isTrue();
    ticker.advance(Duration.ofMillis(500));
    assertThat(limit.take(6)).isFalse();
    assertThat(limit.take(5)).isTrue();
    ticker.advance(Duration.ofMinutes(1));
    assertThat(limit.take(30)).isTrue();
    assertThat(limit.take(1)).isFalse();
  }

  @Test
  void take_moreThanThereCanEverBe_isTakenOfAFullOne_andOwed() {
    assertThat(limit.take(1)).isTrue();
    assertThat(limit.take(50)).isFalse();
    assertThat(limit.until(50)).isEqualTo(Duration.ofMillis(100));
    ticker.advance(Duration.ofMillis(100));
    assertThat(limit.take(50)).isTrue();
    ticker.advance(Duration.ofSeconds(2));
    assertThat(limit.take(1)).isFalse();
    ticker.advance(Duration.ofMillis(100));
    assertThat(limit.take(1)).isTrue();
  }

  @Test
  void until_saysWhenThereWillBeSoMany() {
    assertThat(limit.take(30)).isTrue();
    assertThat(limit.until(1)).isEqualTo(Duration.ofMillis(100));
    assertThat(limit.until(20)).isEqualTo(Duration.ofSeconds(2));
  }
}
