package io.papi.cache.redis.clock;

import java.util.concurrent.TimeUnit;

/**
 * A count of microseconds under an id that several processes know. It begins as Redis's clock, and
 * goes on with each process's own ticker: where Redis's clock jumps, it does not. So the age of
 * what was stamped by it is right for whoever has it, whatever Redis's clock has done since.
 * Immutable.
 *
 * <p>How far it is ahead of the ticker is known up to an interval. Stamps are made by its lower end
 * and ages by its upper one, and a margin more, so that nothing is ever taken for younger than it
 * is.
 *
 * @param id a random number
 * @param low the least that it is ahead of the ticker, microseconds
 * @param high the most that it is ahead of the ticker, microseconds
 * @param seenAt the ticker's reading when it was last compared with Redis's clock
 */
public record Timeline(long id, long low, long high, long seenAt) {

  /**
   * How far Redis's clock may be off without having jumped: 50 ms, which is less than the steps in
   * which clocks are set (128 ms and more by NTP's daemon, which makes good less by running faster
   * or slower).
   */
  static final long TOLERANCE_MICROS = 50_000;

  /** How far two processes that count by one timeline may be apart. */
  private static final long MARGIN_MICROS = TOLERANCE_MICROS + ClockReading.MAX_EXACT_MICROS;

  /**
   * NTP's daemon lets a clock run faster or slower by at most one part in 2000. The timeline
   * follows Redis's clock that much.
   */
  private static final long DRIFT = 2_000;

  /** How far in the future a read time may lie: more than any two processes are apart. */
  private static final long MAX_FUTURE_MICROS = 1_000_000;

  /** Older than any value is kept, and far from an overflow. */
  private static final long MAX_AGE_MICROS = TimeUnit.DAYS.toMicros(10_000);

  /** A timeline that stands where Redis's clock stands now. */
  static Timeline begin(long id, ClockReading reading) {
    return new Timeline(id, reading.low(), reading.high(), reading.at());
  }

  /** The same under another id. */
  Timeline as(long otherId) {
    return new Timeline(otherId, low, high, seenAt);
  }

  /**
   * By how many microseconds Redis's clock has jumped since it was last looked at; 0 if it goes
   * with the timeline.
   */
  long jump(ClockReading reading) {
    long drift = drift(reading);
    if (reading.low() - high - drift > TOLERANCE_MICROS) {
      return reading.low() - high;
    }
    if (low - drift - reading.high() > TOLERANCE_MICROS) {
      return reading.high() - low;
    }
    return 0;
  }

  /** The same timeline, known better after a reading that shows no jump. */
  Timeline follow(ClockReading reading) {
    long drift = drift(reading);
    return new Timeline(
        id,
        Math.clamp(reading.low(), low - drift, high + drift),
        Math.clamp(reading.high(), low - drift, high + drift),
        reading.at());
  }

  /** Whether it is known well enough to be compared with others. */
  boolean isExact() {
    return high - low <= ClockReading.MAX_EXACT_MICROS;
  }

  /** The last 32 bits of its id: the few timelines of an hour differ in them. */
  public int mark() {
    return (int) id;
  }

  /** The stamp of what was read from the store at the ticker's reading {@code readAt}. */
  public Stamp stamp(long readAt) {
    return new Stamp(mark(), Math.floorDiv(readAt, 1000L) + low);
  }

  /** Whether {@code micros} lies too far in the future to be believed. */
  public boolean isFuture(long micros, long now) {
    return micros > upper(now) + MAX_FUTURE_MICROS;
  }

  /**
   * The ticker's reading when the timeline stood at {@code micros}, or one before it, at most
   * {@code now}.
   */
  public long readAt(long micros, long now) {
    long here = upper(now) + MARGIN_MICROS;
    if (micros >= here) {
      return now;
    }
    long age = here - micros;
    // a negative age is an overflow of the subtraction
    return now - 1000 * (age < 0 ? MAX_AGE_MICROS : Math.min(age, MAX_AGE_MICROS));
  }

  private long upper(long now) {
    return Math.floorDiv(now, 1000L) + 1 + high;
  }

  /** Whether {@code ahead} of the ticker is where Redis's clock stands, as the timeline does. */
  boolean isAt(long ahead, ClockReading reading) {
    return isExact()
        && reading.isExact()
        && ahead >= reading.low() - TOLERANCE_MICROS
        && ahead <= reading.high() + TOLERANCE_MICROS;
  }

  /** The middle of the interval. */
  long ahead() {
    return low + (high - low) / 2;
  }

  private long drift(ClockReading reading) {
    return (reading.at() - seenAt) / 1000 / DRIFT;
  }
}
