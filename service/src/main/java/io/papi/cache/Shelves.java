package io.papi.cache;

import io.papi.lookup.Deadline;
import io.papi.lookup.Key;
import io.papi.lookup.Need;
import io.papi.lookup.Outcome.Known;
import io.papi.lookup.Shelf;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Several shelves as one: all keep, and the first that holds an answer gives it. As thread-safe as
 * they are.
 */
public final class Shelves implements Shelf {
  private final List<Shelf> shelves;

  public Shelves(List<? extends Shelf> shelves) {
    this.shelves = List.copyOf(shelves);
  }

  @Override
  public Optional<Known> peek(Key key, Need need) {
    for (Shelf shelf : shelves) {
      Optional<Known> known = shelf.peek(key, need);
      if (known.isPresent()) {
        return known;
      }
    }
    return Optional.empty();
  }

  @Override
  public void keep(Map<Key, Known> outcomes) {
    for (Shelf shelf : shelves) {
      shelf.keep(outcomes);
    }
  }

  @Override
  public boolean invalidate(Set<Key> keys, Deadline deadline) {
    boolean gone = true;
    for (Shelf shelf : shelves) {
      gone &= shelf.invalidate(keys, deadline);
    }
    return gone;
  }
}
