package io.papi.coalesce;

import io.papi.lookup.Key;
import io.papi.lookup.Loader;
import io.papi.lookup.Outcome;
import io.papi.lookup.Outcome.Known;
import io.papi.lookup.Shelf;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lane at work: it loads one batch of flights after the other, until nothing waits. What a load
 * brings goes to the shelf first, then the flights land. Runs in a thread of its own.
 */
final class Lane implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

  private final Flights flights;
  private final Loader loader;
  private final Shelf shelf;
  private final List<Flight> first;

  /**
   * @param first the first batch, sent already
   */
  Lane(Flights flights, Loader loader, Shelf shelf, List<Flight> first) {
    this.flights = flights;
    this.loader = loader;
    this.shelf = shelf;
    this.first = first;
  }

  @Override
  public void run() {
    try {
      for (List<Flight> batch = first; !batch.isEmpty(); batch = flights.nextBatch()) {
        load(batch);
      }
    } finally {
      flights.freeLane();
    }
  }

  private void load(List<Flight> batch) {
    Set<Key> keys = LinkedHashSet.newLinkedHashSet(batch.size());
    for (Flight flight : batch) {
      keys.add(flight.key());
    }
    Map<Key, Outcome> outcomes = Map.of();
    try {
      outcomes = loader.load(keys);
      keep(outcomes);
    } catch (RuntimeException e) {
      LOG.error("a load of {} keys failed unexpectedly", batch.size(), e);
    } finally {
      flights.land(batch, outcomes);
    }
  }

  private void keep(Map<Key, Outcome> outcomes) {
    Map<Key, Known> known = HashMap.newHashMap(outcomes.size());
    outcomes.forEach(
        (key, outcome) -> {
          if (outcome instanceof Known value) {
            known.put(key, value);
          }
        });
    shelf.keep(known);
  }
}
