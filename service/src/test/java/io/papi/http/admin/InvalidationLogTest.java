package io.papi.http.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class InvalidationLogTest {
  private final List<String> lines = new ArrayList<>();
  private final Queue<Runnable> seconds = new ArrayDeque<>();
  private final InvalidationLog log = new InvalidationLog("customer", lines::add, seconds::add);

  @Test
  void erased_one_isToldAtOnce() {
    log.invalidated(2);
    passSecond();
    log.invalidated(1);
    assertThat(lines)
        .containsExactly(
            "2 ids of customer were invalidated by an operator",
            "1 ids of customer were invalidated by an operator");
  }

  @Test
  void erased_thousands_isOneLineASecond_andNoIdIsLeftOut() {
    for (int second = 0; second < 3; second++) {
      for (int call = 0; call < 5_000; call++) {
        log.invalidated(2);
      }
      passSecond();
    }
    assertThat(lines)
        .containsExactly(
            "2 ids of customer were invalidated by an operator",
            "9998 ids of customer were invalidated by an operator, in 4999 calls",
            "10000 ids of customer were invalidated by an operator, in 5000 calls",
            "10000 ids of customer were invalidated by an operator, in 5000 calls");
  }

  @Test
  void erased_afterwards_nothingRunsOn() {
    log.invalidated(1);
    log.invalidated(1);
    passSecond();
    passSecond();
    assertThat(seconds).isEmpty();
    assertThat(lines).hasSize(2);
  }

  private void passSecond() {
    seconds.remove().run();
  }
}
