package io.papi.cache.redis.clock;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A sign that somebody counts by a timeline, as it stands in Redis: {@code <count> <ahead>
 * <machine>}. Immutable.
 *
 * @param count the timeline's count of looks when this one was made
 * @param ahead by how many microseconds the timeline is ahead of the ticker
 * @param machine what processes have in common whose tickers are one clock
 */
record Beat(long count, long ahead, String machine) {

  /** The beat in Redis's reply; empty where that is none. */
  static Optional<Beat> read(@Nullable Object reply) {
    if (!(reply instanceof byte[] bytes)) {
      return Optional.empty();
    }
    String[] parts = new String(bytes, US_ASCII).split(" ", 3);
    try {
      return parts.length < 3
          ? Optional.empty()
          : Optional.of(new Beat(Long.parseLong(parts[0]), Long.parseLong(parts[1]), parts[2]));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  byte[] bytes() {
    return (count + " " + ahead + " " + machine).getBytes(US_ASCII);
  }
}
