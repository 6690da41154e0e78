package io.papi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class MeanwhileTest {

  @Test
  void begin_stepThatWaits_letsOthersGoOn() {
    CountDownLatch mayEnd = new CountDownLatch(1);
    Meanwhile<Boolean> step =
        Meanwhile.begin(
            "step",
            () -> {
              await(mayEnd);
              return Thread.currentThread().isDaemon();
            });
    mayEnd.countDown(); // only this thread does
    assertThat(step.result()).isTrue();
    assertThat(step.result()).isTrue();
  }

  @Test
  void resultWithin_stepThatHangs_isEmpty_andTheStepGoesOn() {
    CountDownLatch mayEnd = new CountDownLatch(1);
    Meanwhile<String> step =
        Meanwhile.begin(
            "step",
            () -> {
              await(mayEnd);
              return "late";
            });
    assertThat(step.resultWithin(Duration.ofMillis(1))).isEmpty();
    assertThat(step.resultWithin(Duration.ofMillis(-1))).isEmpty();
    mayEnd.countDown();
    assertThat(step.resultWithin(Duration.ofSeconds(10))).contains("late");
  }

  @Test
  void resultWithin_ofAStepThatFails_isItsOwnFailure() {
    IllegalStateException failure = new IllegalStateException("another table");
    Meanwhile<String> step =
        Meanwhile.begin(
            "step",
            () -> {
              throw failure;
            });
    assertThatThrownBy(() -> step.resultWithin(Duration.ofSeconds(10))).isSameAs(failure);
  }

  @Test
  void result_ofAStepThatFails_isItsOwnFailure() {
    IllegalStateException failure = new IllegalStateException("nothing to load");
    Meanwhile<String> step =
        Meanwhile.begin(
            "step",
            () -> {
              throw failure;
            });
    assertThatThrownBy(step::result).isSameAs(failure);
  }

  @Test
  void result_ofAStepThatEndsInAnError_isThat() {
    AssertionError error = new AssertionError("no such class");
    Meanwhile<String> step =
        Meanwhile.begin(
            "step",
            () -> {
              throw error;
            });
    assertThatThrownBy(step::result).isSameAs(error);
  }

  @Test
  void result_interrupted_failsAndKeepsTheFlag() {
    CountDownLatch never = new CountDownLatch(1);
    Meanwhile<String> step =
        Meanwhile.begin(
            "step",
            () -> {
              await(never);
              return "";
            });
    Thread.currentThread().interrupt();
    assertThatThrownBy(step::result).hasMessageContaining("interrupted");
    assertThat(Thread.interrupted()).isTrue();
    never.countDown();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
