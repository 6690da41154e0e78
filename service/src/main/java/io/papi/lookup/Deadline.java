package io.papi.lookup;

import java.time.Duration;

/**
 * The moment at which a caller's wait ends.
 *
 * @param at a reading of the process's {@link Ticker}, in nanoseconds
 */
public record Deadline(long at) {

  /** The deadline that is {@code wait} after the reading {@code now}. */
  public static Deadline after(Duration wait, long now) {
    return new Deadline(now + wait.toNanos());
  }

  /** Nanoseconds left at the reading {@code now}; zero or less when it has passed. */
  public long remaining(long now) {
    return at - now;
  }

  /** The earlier of the two. */
  public Deadline earlier(Deadline other) {
    return other.at - at < 0 ? other : this;
  }
}
