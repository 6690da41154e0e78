package io.papi.lookup;

import java.util.Set;

/** Invalidates rows in every place where this instance keeps them. Thread-safe. */
@FunctionalInterface
public interface Invalidator {

  /**
   * Invalidates what is kept of {@code keys}, blocking no longer than the deadline. From its return
   * on nothing is given or kept here that was read before the call, be it read by a load that is
   * still under way.
   *
   * @return whether the rows are gone from every place; false if one has not confirmed that, and
   *     will only be asked for it as soon as it can be
   */
  boolean invalidate(Set<Key> keys, Deadline deadline);
}
