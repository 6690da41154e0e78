package io.papi.alternate;

import io.papi.lookup.Deadline;
import io.papi.lookup.Invalidator;
import io.papi.lookup.Key;
import io.papi.lookup.Outcome.Found;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Invalidates what is kept under keys, and with it what is kept elsewhere under the keys that it
 * names: with a row the mappings of its values, with a mapping its row. Thread-safe.
 */
public final class AlternateInvalidator implements Invalidator {
  private final Invalidator own;
  private final Kept kept;
  private final Map<ColumnText, Invalidator> others;

  /** What the caches have of some rows, however old. */
  @FunctionalInterface
  public interface Kept {

    /** All that is kept of {@code keys}; of one key as much as there are caches. */
    List<Found> of(Set<Key> keys, Deadline deadline);
  }

  /**
   * @param own of the keys themselves
   * @param kept what is kept under them
   * @param others by the column that names their keys
   */
  public AlternateInvalidator(Invalidator own, Kept kept, Map<String, Invalidator> others) {
    this.own = own;
    this.kept = kept;
    this.others =
        others.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    each -> new ColumnText(each.getKey()), Map.Entry::getValue));
  }

  @Override
  public boolean invalidate(Set<Key> keys, Deadline deadline) {
    List<Found> before = kept.of(keys, deadline);
    boolean gone = own.invalidate(keys, deadline);
    for (Map.Entry<ColumnText, Invalidator> other : others.entrySet()) {
      Set<Key> named = new HashSet<>();
      for (Found each : before) {
        other.getKey().of(each.row()).map(Key::new).ifPresent(named::add);
      }
      if (!named.isEmpty()) {
        gone &= other.getValue().invalidate(named, deadline);
      }
    }
    return gone;
  }
}
