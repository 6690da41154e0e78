package io.papi.coalesce;

import io.papi.reporting.OnceAMinute;
import java.util.Optional;

/**
 * How many ids of callers were turned away since that was last logged. Guarded by its owner's lock.
 */
final class TurnedAway {
  private final OnceAMinute onceAMinute = new OnceAMinute();
  private long refused;
  private long evicted;

  /** {@code ids} got no place. */
  void refused(int ids) {
    refused += ids;
  }

  /** {@code ids} lost their places. */
  void evicted(int ids) {
    evicted += ids;
  }

  /** What is to be logged at {@code now}, if it is time and there is anything. */
  Optional<String> due(long now, FairQueue<?> queue) {
    if (refused + evicted == 0 || !onceAMinute.isDue(now)) {
      return Optional.empty();
    }
    String text =
        "the line for the store is too long: "
            + refused
            + " ids refused and "
            + evicted
            + " evicted for requesters with fewer, since this was last logged; "
            + queue.size()
            + " ids of "
            + queue.requesters()
            + " requesters wait now";
    refused = 0;
    evicted = 0;
    return Optional.of(text);
  }
}
