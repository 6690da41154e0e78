package io.papi.chaos;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** One time that a fault was there, and what came of it. Thread-safe. */
final class Episode {
  private final Fault fault;
  private final long begunAt = System.nanoTime();
  private final AtomicInteger failures = new AtomicInteger();
  private final AtomicLong lastImpairedAt = new AtomicLong();
  private volatile boolean over;
  private volatile long overAt;

  Episode(Fault fault) {
    this.fault = fault;
  }

  Fault fault() {
    return fault;
  }

  void end() {
    overAt = System.nanoTime();
    lastImpairedAt.set(overAt);
    over = true;
  }

  /** Whether it was there at a moment between two, or had ended at most {@code grace} before. */
  boolean touches(long from, long to, long grace) {
    return begunAt - to <= 0 && (!over || overAt + grace - from >= 0);
  }

  void countFailure() {
    failures.incrementAndGet();
  }

  int failures() {
    return failures.get();
  }

  /**
   * An answer that was there at {@code at} was worse for this. It counts if it was so without a
   * pause of {@code gap} since the end.
   */
  void impaired(long at, long gap) {
    if (over) {
      lastImpairedAt.accumulateAndGet(
          at, (last, next) -> next - last > 0 && next - last <= gap ? next : last);
    }
  }

  /** Nanoseconds from its end until no answer was worse for it. */
  long recoveryNanos() {
    return over ? lastImpairedAt.get() - overAt : 0;
  }
}
