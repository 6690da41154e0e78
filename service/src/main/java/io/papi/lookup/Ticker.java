package io.papi.lookup;

/**
 * A source of monotonic time in nanoseconds, of {@link System#nanoTime}'s kind: compare two
 * readings only by their difference. Thread-safe.
 */
@FunctionalInterface
public interface Ticker {

  long nanos();

  /** The process's own monotonic clock. */
  static Ticker system() {
    return System::nanoTime;
  }
}
