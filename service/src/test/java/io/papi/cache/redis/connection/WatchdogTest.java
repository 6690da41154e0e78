package io.papi.cache.redis.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.papi.lookup.Ticker;
import io.papi.testing.Await;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class WatchdogTest {
  private final AtomicInteger ended = new AtomicInteger();
  private final Watchdog watchdog = new Watchdog("watchdog", Ticker.system());

  @AfterEach
  void close() {
    watchdog.close();
  }

  @Test
  void left_inTime_isTrue() {
    Watchdog.Watch watch = enter(10_000);

    assertThat(watchdog.left(watch)).isTrue();
    assertThat(ended).hasValue(0);
  }

  @Test
  void left_tooLate_isFalse() {
    Watchdog.Watch watch = enter(1);
    Await.until("it is ended", () -> ended.get() == 1);

    assertThat(watchdog.left(watch)).isFalse();
  }

  @Test
  void enter_shorterThanTheOneBefore_isEndedInItsOwnTime() {
    assertThat(watchdog.left(enter(60_000))).isTrue();
    enter(5);

    Await.until("it is ended", () -> ended.get() == 1);
  }

  @Test
  void enter_manyInTime_endsNone() {
    for (int i = 0; i < 100_000; i++) {
      assertThat(watchdog.left(enter(60_000))).isTrue();
    }
    assertThat(ended).hasValue(0);
    enter(1);
    Await.until("the last is ended", () -> ended.get() == 1);
  }

  private Watchdog.Watch enter(long millis) {
    return watchdog.enter(TimeUnit.MILLISECONDS.toNanos(millis), ended::incrementAndGet);
  }
}
