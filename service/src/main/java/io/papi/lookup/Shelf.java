package io.papi.lookup;

import java.util.Map;
import java.util.Optional;

/**
 * A place where what has been read is kept for others: filled by whoever loads, whether or not a
 * caller still waits.
 *
 * <p>Thread-safe. Only {@link #invalidate} blocks.
 */
public interface Shelf extends Invalidator {

  /** What is kept of {@code key} and satisfies {@code need}. */
  Optional<Outcome.Known> peek(Key key, Need need);

  /**
   * Keeps outcomes, where nothing younger is kept already and the key was not invalidated since
   * they were read.
   */
  void keep(Map<Key, Outcome.Known> outcomes);
}
