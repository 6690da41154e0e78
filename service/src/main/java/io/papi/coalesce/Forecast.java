package io.papi.coalesce;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How long loads take, and so whether one that queues now would land in time. Guarded by its
 * owner's lock.
 *
 * <p>Without it, a queue whose end each load takes too long to reach is served in vain: whoever is
 * first in it has waited the longest, gets the lane, and has gone by the time the load lands.
 */
final class Forecast {
  /**
   * A load makes up one in this many parts of the average: the latest ones count, one alone does
   * not.
   */
  private static final int LOADS_AVERAGED = 8;

  private final int lanes;
  private final int maxBatch;

  /** When the loads under way were sent, readings of the ticker, the oldest first. */
  private final Deque<Long> underWay = new ArrayDeque<>();

  /** The moving average of what a load takes; zero until the first has landed. */
  private long loadNanos;

  Forecast(CoalesceSettings settings) {
    this.lanes = settings.lanes();
    this.maxBatch = settings.maxBatch();
  }

  void sent(long now) {
    underWay.add(now);
  }

  void landed(long sentAt, long now) {
    underWay.removeFirstOccurrence(sentAt);
    long took = now - sentAt;
    loadNanos = loadNanos == 0 ? took : loadNanos + (took - loadNanos) / LOADS_AVERAGED;
  }

  /**
   * Whether {@code keys} keys, the last of which stands behind {@code ahead} others, will most
   * likely have been loaded before {@code left} nanoseconds have passed; a quarter of them is kept
   * for loads that take longer than others.
   *
   * <p>A store that is too slow for that even if nobody else waits is asked all the same, as long
   * as less than a batch stands before them on each lane: what it brings is kept for those who come
   * back.
   */
  boolean isInTime(int ahead, int keys, long left, long now) {
    Long oldest = underWay.peekFirst();
    if (oldest == null || underWay.size() < lanes) {
      return true;
    }
    long patience = left - left / 4;
    int others = ahead - (keys - 1);
    if (landsAfter(keys - 1) > patience) {
      return others < lanes * maxBatch;
    }
    long laneIsFree = Math.max(0, loadNanos - (now - oldest));
    return laneIsFree + landsAfter(ahead) <= patience;
  }

  /** How long it takes to load a key behind {@code ahead} others, once a lane is free. */
  private long landsAfter(int ahead) {
    long batchesAhead = ahead / maxBatch;
    return batchesAhead * loadNanos / lanes + loadNanos;
  }
}
