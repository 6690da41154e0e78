package io.papi.lookup;

import java.util.Map;
import java.util.Set;

/**
 * What reads rows from where they come from: a store, or what watches over its loads.
 *
 * <p>It knows no caller and no deadline: a load takes as long as it takes, and only the store's own
 * timeouts end it. A {@link Lookup} in front of it keeps the callers' deadlines. Implementations
 * are thread-safe, never throw for a broken part (that is an {@link Outcome.Unavailable}), and name
 * themselves in {@code toString}.
 */
@FunctionalInterface
public interface Loader {

  /**
   * Reads rows, all of them after the call began.
   *
   * @param keys distinct keys, at least one
   * @return exactly one outcome for every key asked
   */
  Map<Key, Outcome> load(Set<Key> keys);
}
