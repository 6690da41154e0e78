package io.papi.config;

import io.papi.coalesce.CoalesceSettings;
import io.papi.query.Query;
import io.papi.query.StreamLimits;
import io.papi.store.StoreSettings;
import java.util.List;

/**
 * The queries, and what they have of their own, so that no report takes what a lookup needs.
 *
 * @param store the bounds of their statements
 * @param coalesce the bounds of the loads of each
 */
public record Queries(List<Query> all, StoreSettings store, CoalesceSettings coalesce) {
  /** The KiB of answers that wait to be written to Redis. */
  public static final int WRITE_BACK = 16 * 1024;

  public Queries {
    all = List.copyOf(all);
  }

  /** Those whose answers are kept. */
  public List<Query> kept() {
    return all.stream().filter(query -> query.stream().isEmpty()).toList();
  }

  /** Those that are streamed. */
  public List<Query> streams() {
    return all.stream().filter(query -> query.stream().isPresent()).toList();
  }

  /** The most connections to the store that some of them have at once. */
  public int connections(List<Query> some) {
    return some.stream()
        .mapToInt(query -> query.stream().map(StreamLimits::maxConcurrent).orElse(coalesce.lanes()))
        .sum();
  }
}
