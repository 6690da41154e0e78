package io.papi.config;

import io.papi.config.tree.Key;
import io.papi.config.tree.Section;
import io.papi.config.tree.Type;
import io.papi.dataset.Freshness;
import java.time.Duration;
import java.util.List;

/**
 * Reads how long rows are fresh: the dataset's own words, and for what it does not say all
 * datasets'.
 */
final class FreshnessReader {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private static final Key<Duration> FRESH_FOR =
      Key.of("fresh-for", Type.duration(Duration.ofSeconds(1), DAY));
  private static final Key<Duration> STALE_FOR =
      Key.of("stale-for", Type.duration(Duration.ZERO, DAY.multipliedBy(30)));
  private static final Key<Duration> STALE_AFTER =
      Key.of("stale-after", Type.duration(Duration.ZERO, MINUTE));
  private static final Key<Duration> NEGATIVE_FOR =
      Key.of("negative-for", Type.duration(Duration.ZERO, DAY));
  private static final Key<Double> JITTER = Key.of("jitter", Type.fraction(0.5));

  static final List<Key<?>> KEYS = List.of(FRESH_FOR, STALE_FOR, STALE_AFTER, NEGATIVE_FOR, JITTER);

  private FreshnessReader() {}

  /**
   * @throws ConfigurationException if a caller would have no answer any more by the time that the
   *     stale row is taken
   */
  static Freshness read(Section own, Section all) {
    Duration deadline = all.get(HttpReader.DEADLINE);
    if (get(STALE_AFTER, own, all).compareTo(deadline) > 0) {
      Section section = own.has(STALE_AFTER) ? own : all;
      throw section.refusal(
          STALE_AFTER,
          " is "
              + section.text(STALE_AFTER)
              + ", above the deadline of "
              + all.text(HttpReader.DEADLINE)
              + ": lower it, or raise the deadline");
    }
    return read(own, all, get(STALE_AFTER, own, all));
  }

  /**
   * Reads those of a query. A statement takes longer than one for rows, so half of the deadline is
   * waited for it before a stale answer is taken, unless the query says otherwise.
   *
   * @throws ConfigurationException if a caller would have no answer any more by then
   */
  static Freshness ofQuery(Section own, Section all, Duration deadline) {
    Duration staleAfter = own.find(STALE_AFTER).orElse(deadline.dividedBy(2));
    if (staleAfter.compareTo(deadline) > 0) {
      throw own.refusal(
          STALE_AFTER,
          " is "
              + own.text(STALE_AFTER)
              + ", above the query's deadline of "
              + deadline.toMillis()
              + " ms: lower it, or raise the deadline");
    }
    return read(own, all, staleAfter);
  }

  private static Freshness read(Section own, Section all, Duration staleAfter) {
    return new Freshness(
        get(FRESH_FOR, own, all),
        get(STALE_FOR, own, all),
        staleAfter,
        get(NEGATIVE_FOR, own, all),
        get(JITTER, own, all));
  }

  private static <T> T get(Key<T> key, Section own, Section all) {
    return (own.has(key) ? own : all).get(key);
  }
}
