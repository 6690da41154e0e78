package io.papi.loadtest.feeders;

/**
 * So many times what a caller may do: requests, and in each as many ids as it takes for those
 * requests that are let in to want as many times the ids that the caller may have read.
 *
 * @param perSecond requests
 * @param ids of each
 */
public record Excess(int perSecond, int ids) {

  /**
   * So many times these limits.
   *
   * @param requests a second that the caller may make
   * @param storeIds a second that it may have read
   * @throws IllegalArgumentException if no request has room for so many ids
   */
  public static Excess of(int times, int requests, int storeIds) {
    int ids = Math.max(1, Math.ceilDiv(times * storeIds, requests));
    if (ids > Customers.LARGEST_BATCH) {
      throw new IllegalArgumentException(
          "%d requests a second have no room for %d times %d ids: one has %d at the most"
              .formatted(requests, times, storeIds, Customers.LARGEST_BATCH));
    }
    return new Excess(times * requests, ids);
  }
}
