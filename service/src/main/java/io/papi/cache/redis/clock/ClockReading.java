package io.papi.cache.redis.clock;

/**
 * What {@code TIME} said: how far Redis's clock is ahead of this process's ticker, which lies
 * between two bounds since the exchange took its time.
 *
 * @param low the least that it is ahead, microseconds
 * @param high the most that it is ahead, microseconds
 * @param at the ticker's reading at the end of the exchange
 */
record ClockReading(long low, long high, long at) {
  /** The widest interval by which one can tell whether two timelines are one. */
  static final long MAX_EXACT_MICROS = 50_000;

  /** Redis said {@code micros}, at some moment between {@code sent} and {@code answered}. */
  static ClockReading of(long micros, long sent, long answered) {
    // one more on each side for the parts of a microsecond
    return new ClockReading(
        micros - Math.floorDiv(answered, 1000L) - 1,
        micros - Math.floorDiv(sent, 1000L) + 1,
        answered);
  }

  /**
   * Whether it is known well enough to tell by it whether Redis's clock goes with a timeline: a
   * jump within a wide interval does not show.
   */
  boolean isExact() {
    return high - low <= MAX_EXACT_MICROS;
  }
}
