package io.papi.coalesce;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * The bounds of coalescing.
 *
 * @param lanes the most loads under way at once
 * @param maxBatch the most keys of one load
 * @param maxPending the most keys that wait for a lane
 * @param maxLookups the most lookups that wait for loads at once, of all datasets together
 * @param joinFor the age from which a load under way is not joined any more
 */
public record CoalesceSettings(
    int lanes, int maxBatch, int maxPending, int maxLookups, Duration joinFor) {

  public CoalesceSettings {
    requireNonNull(joinFor, "joinFor is null");
    if (lanes < 1 || maxBatch < 1 || maxPending < 1 || maxLookups < 1) {
      throw new IllegalArgumentException(
          "less than 1: lanes "
              + lanes
              + ", maxBatch "
              + maxBatch
              + ", maxPending "
              + maxPending
              + ", maxLookups "
              + maxLookups);
    }
  }

  /** The same, with another age up to which a load is joined. */
  public CoalesceSettings joinedFor(Duration age) {
    return new CoalesceSettings(lanes, maxBatch, maxPending, maxLookups, age);
  }
}
