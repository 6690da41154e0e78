package io.papi.cache;

import java.util.concurrent.TimeUnit;

/**
 * The clock of Redis as seen from this process: what {@code TIME} said last, and the process's
 * monotonic time since. Thread-safe.
 *
 * <p>Until the first {@link #set} its readings mean nothing; nothing is read from Redis or written
 * to it before that.
 */
final class RedisClock {

  /** How far in the future a read time may lie: what two readings of one clock can be apart. */
  private static final long TOLERANCE_MICROS = 1_000_000;

  /** Older than any value is kept, and far from an overflow. */
  private static final long MAX_AGE_MICROS = TimeUnit.DAYS.toMicros(10_000);

  private volatile long offsetMicros;

  /**
   * Redis said {@code micros} in answer to a question that was sent at {@code sent} and answered at
   * {@code answered}, readings of the process's ticker.
   */
  void set(long micros, long sent, long answered) {
    offsetMicros = micros - (sent + (answered - sent) / 2) / 1000;
  }

  /** The reading of Redis's clock at the ticker's reading {@code nanos}, in microseconds. */
  long micros(long nanos) {
    return nanos / 1000 + offsetMicros;
  }

  /** Whether what was read at {@code readMicros} lies too far in the future to be believed. */
  boolean isFuture(long readMicros, long now) {
    return readMicros > micros(now) + TOLERANCE_MICROS;
  }

  /**
   * The ticker's reading at which Redis's clock stood at {@code readMicros}, at most {@code now}.
   */
  long readAt(long readMicros, long now) {
    long here = micros(now);
    if (readMicros >= here) {
      return now;
    }
    long age = here - readMicros;
    // a negative age is an overflow of the subtraction
    return now - 1000 * (age < 0 ? MAX_AGE_MICROS : Math.min(age, MAX_AGE_MICROS));
  }
}
