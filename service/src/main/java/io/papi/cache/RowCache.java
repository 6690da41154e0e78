package io.papi.cache;

import io.papi.lookup.Deadline;
import io.papi.lookup.Key;
import io.papi.lookup.Origin.Layer;
import io.papi.lookup.Outcome.Known;
import io.papi.lookup.Shelf;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A place where the rows of one dataset are kept, as {@link CachedLookup} needs it. Thread-safe.
 */
public interface RowCache extends Shelf {

  Layer layer();

  /**
   * Reads what is held, however old, blocking no longer than the deadline.
   *
   * @return empty if the cache cannot be asked now
   */
  Optional<Reading> read(Set<Key> keys, Deadline deadline);

  /**
   * What was held of the keys asked.
   *
   * @param held the outcome of a key, null where none is held; it may be looked up only when asked
   *     for
   * @param nanos the time that reading took
   */
  record Reading(Function<Key, @Nullable Known> held, long nanos) {}
}
