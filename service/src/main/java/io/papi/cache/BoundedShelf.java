package io.papi.cache;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.papi.lookup.Deadline;
import io.papi.lookup.Key;
import io.papi.lookup.Need;
import io.papi.lookup.Outcome.Found;
import io.papi.lookup.Outcome.Known;
import io.papi.lookup.Shelf;
import io.papi.lookup.Ticker;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A shelf on which no row stands that is larger than a bound: one large answer is worth less than
 * the many that it would take the place of. Thread-safe.
 *
 * <p>A row that is too large is not kept, and takes away what was kept of its key. That is older,
 * and nothing younger would ever replace it: it would be served in place of what the store answers
 * until the end of its stale time.
 */
public final class BoundedShelf implements Shelf {
  private final Shelf shelf;
  private final long maxBytes;
  private final Ticker ticker;
  private final Counter tooLarge;

  /**
   * @param maxBytes the most bytes of a row that is kept
   */
  public BoundedShelf(
      String dataset, Shelf shelf, long maxBytes, MeterRegistry meters, Ticker ticker) {
    this.shelf = shelf;
    this.maxBytes = maxBytes;
    this.ticker = ticker;
    this.tooLarge =
        Counter.builder("papi.cache.too.large")
            .description("Answers that were too large to be kept")
            .tag("dataset", dataset)
            .register(meters);
  }

  @Override
  public Optional<Known> peek(Key key, Need need) {
    return shelf.peek(key, need);
  }

  @Override
  public void keep(Map<Key, Known> outcomes) {
    Map<Key, Known> kept = HashMap.newHashMap(outcomes.size());
    Set<Key> left = new HashSet<>();
    outcomes.forEach(
        (key, known) -> {
          if (known instanceof Found found && found.row().length() > maxBytes) {
            left.add(key);
          } else {
            kept.put(key, known);
          }
        });
    shelf.keep(kept);
    if (!left.isEmpty()) {
      tooLarge.increment(left.size());
      // by a deadline that has come: nobody waits until it is done everywhere
      var _ = shelf.invalidate(left, new Deadline(ticker.nanos()));
    }
  }

  @Override
  public boolean invalidate(Set<Key> keys, Deadline deadline) {
    return shelf.invalidate(keys, deadline);
  }
}
