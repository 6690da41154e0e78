package io.papi.lookup;

/**
 * A source of monotonic time in nanoseconds, of {@link System#nanoTime}'s kind: compare two
 * readings only by their difference. Thread-safe.
 */
@FunctionalInterface
public interface Ticker {

  long nanos();

  /**
   * A recent reading, for those who need no exact one: on a virtual machine a clock is expensive to
   * read. While requests are being answered it is a few microseconds old.
   */
  default long recentNanos() {
    return nanos();
  }

  /** The process's own monotonic clock. */
  static Ticker system() {
    return new SystemTicker();
  }
}
