package io.papi.lookup;

/**
 * A source of monotonic time in nanoseconds, of {@link System#nanoTime}'s kind: compare two
 * readings only by their difference. Thread-safe.
 */
@FunctionalInterface
public interface Ticker {

  long nanos();

  /**
   * A reading that somebody took lately, for what needs no exact one: a clock is dear to read where
   * the machine is a virtual one. While requests are answered it is some microseconds old.
   */
  default long recentNanos() {
    return nanos();
  }

  /** The process's own monotonic clock. */
  static Ticker system() {
    return new SystemTicker();
  }
}
