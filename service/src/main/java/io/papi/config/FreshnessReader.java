package io.papi.config;

import io.papi.config.tree.Key;
import io.papi.config.tree.Section;
import io.papi.config.tree.Type;
import io.papi.dataset.Freshness;
import java.time.Duration;
import java.util.List;

/**
 * Reads how long rows are fresh: in the section's own words, and for what it does not say in those
 * of the sections around it.
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
   * @param nearestFirst the section itself and those around it, the root last
   * @throws ConfigurationException if a caller would have no answer any more by the time that the
   *     stale row is taken
   */
  static Freshness read(Section... nearestFirst) {
    List<Section> sections = List.of(nearestFirst);
    Section all = sections.getLast();
    Duration deadline = all.get(HttpReader.DEADLINE);
    Duration staleAfter = get(STALE_AFTER, sections);
    if (staleAfter.compareTo(deadline) > 0) {
      Section section = saying(STALE_AFTER, sections);
      throw section.refusal(
          STALE_AFTER,
          " is "
              + section.text(STALE_AFTER)
              + ", above the deadline of "
              + all.text(HttpReader.DEADLINE)
              + ": lower it, or raise the deadline");
    }
    return read(sections, staleAfter);
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
    return read(List.of(own, all), staleAfter);
  }

  private static Freshness read(List<Section> sections, Duration staleAfter) {
    return new Freshness(
        get(FRESH_FOR, sections),
        get(STALE_FOR, sections),
        staleAfter,
        get(NEGATIVE_FOR, sections),
        get(JITTER, sections));
  }

  private static <T> T get(Key<T> key, List<Section> sections) {
    return saying(key, sections).get(key);
  }

  private static Section saying(Key<?> key, List<Section> sections) {
    return sections.stream().filter(each -> each.has(key)).findFirst().orElse(sections.getLast());
  }
}
