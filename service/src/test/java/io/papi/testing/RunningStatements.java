package io.papi.testing;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The statements of a stand-in that take their time. Thread-safe. */
final class RunningStatements {

  /** How a statement ends. */
  enum End {
    DONE,
    TIMED_OUT,
    ABORTED
  }

  @GuardedBy("this")
  private final Set<String> aborted = new HashSet<>();

  /** By the statements' ids, when each began. */
  @GuardedBy("this")
  private final Map<String, Long> began = new HashMap<>();

  @GuardedBy("this")
  private int releases;

  /**
   * Waits for the end of a statement that takes {@code duration} and may take {@code timeout}. One
   * that is asked for again under its id is not run again: it is the same one that is waited for.
   */
  synchronized End await(String id, Duration duration, Duration timeout)
      throws InterruptedException {
    int before = releases;
    boolean isInTime = duration.compareTo(timeout) < 0;
    long start = began.computeIfAbsent(id, _ -> System.nanoTime());
    long end = start + (isInTime ? duration : timeout).toNanos();
    while (true) {
      if (aborted.contains(id)) {
        return End.ABORTED;
      }
      if (releases != before) {
        return End.DONE;
      }
      long left = end - System.nanoTime();
      if (left <= 0) {
        return isInTime ? End.DONE : End.TIMED_OUT;
      }
      wait(left / 1_000_000 + 1);
    }
  }

  /** Ends all statements that are under way. */
  synchronized void release() {
    releases++;
    notifyAll();
  }

  synchronized void abort(String id) {
    aborted.add(id);
    notifyAll();
  }
}
