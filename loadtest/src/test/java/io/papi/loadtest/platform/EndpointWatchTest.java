package io.papi.loadtest.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EndpointWatchTest {
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final EndpointWatch watch = new EndpointWatch(nanos::get);

  @Test
  void isHalted_withoutCalls_isFalse() {
    assertThat(watch.isHalted()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 502, 503, 504, 529})
  void isHalted_afterMoreThan3000Failures_isTrue(int status) {
    answer(status, 3_000);
    assertThat(watch.isHalted()).isFalse();

    answer(status, 1);
    assertThat(watch.isHalted()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 404, 500})
  void isHalted_afterOtherAnswers_isFalse(int status) {
    answer(status, 10_000);

    assertThat(watch.isHalted()).isFalse();
  }

  @Test
  void isHalted_whereNineTenthsFailed_isFalse() {
    answer(200, 1_000);
    answer(503, 9_000);
    assertThat(watch.isHalted()).isFalse();

    answer(503, 1);
    assertThat(watch.isHalted()).isTrue();
  }

  @Test
  void isHalted_failuresFurtherApartThanAMinute_isFalse() {
    answer(503, 3_000);
    pass(60);
    answer(503, 3_000);

    assertThat(watch.isHalted()).isFalse();
  }

  @Test
  void isHalted_failuresWithinAMinute_isTrue() {
    answer(503, 3_000);
    pass(59);
    answer(503, 1);

    assertThat(watch.isHalted()).isTrue();
  }

  @Test
  void isHalted_afterAMinute_isOver() {
    answer(503, 3_001);
    pass(59);
    assertThat(watch.isHalted()).isTrue();

    pass(1);
    assertThat(watch.isHalted()).isFalse();
  }

  private void answer(int status, int times) {
    for (int i = 0; i < times; i++) {
      watch.answered(status);
    }
  }

  private void pass(int seconds) {
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
  }
}
