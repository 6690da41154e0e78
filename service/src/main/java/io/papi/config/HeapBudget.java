package io.papi.config;

import io.papi.config.tree.ConfigurationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What may fill the heap by configuration: half of it. The other half is for requests under way,
 * connections, the libraries, and the collector's room. Immutable.
 *
 * @param heapBytes the most that the heap will have
 * @param datasets how many have a near cache, queries whose answers are kept among them; where none
 *     has, as many bytes as for one
 * @param queries how many of them are queries
 * @param waitingBytes what else may fill: values that wait for Redis, and ids that wait for the
 *     store
 */
record HeapBudget(long heapBytes, int datasets, int queries, long waitingBytes) {
  private static final Logger LOG = LoggerFactory.getLogger(HeapBudget.class);

  static final long MEBIBYTE = 1 << 20;

  /** What a near cache has by itself where the heap is large enough. */
  private static final long USUAL_NEAR_BYTES = 64 * MEBIBYTE;

  /** A row of twenty columns takes 500 bytes; with its name and the queue's entry it is this. */
  private static final long WRITE_BYTES = 1024;

  /** An id with its flight and the queue's entry. */
  private static final long PENDING_BYTES = 512;

  static HeapBudget of(long heapBytes, int datasets, int queries, int writeBack, int maxPending) {
    int all = Math.max(1, datasets + queries);
    long written = (long) writeBack + (queries == 0 ? 0 : Queries.WRITE_BACK);
    return new HeapBudget(
        heapBytes, all, queries, written * WRITE_BYTES + (long) maxPending * all * PENDING_BYTES);
  }

  /** What the bodies of requests may take together: of the other half an eighth. */
  static long bodyBytes(long heapBytes) {
    return heapBytes / 16;
  }

  /**
   * The size of near cache that fits, in bytes.
   *
   * @throws ConfigurationException if there is no room for one
   */
  long usualNearBytes() {
    long each = Math.min(USUAL_NEAR_BYTES, (heapBytes / 2 - waitingBytes) / datasets);
    if (each < MEBIBYTE) {
      throw tooMuch("near-memory of at least 1 MiB", MEBIBYTE);
    }
    if (each < USUAL_NEAR_BYTES) {
      LOG.info(
          "near-memory is {} MiB for each dataset and query: the heap has {} MiB",
          each / MEBIBYTE,
          heapBytes / MEBIBYTE);
    }
    return each;
  }

  /**
   * Checks a near cache as it is configured, and returns its size.
   *
   * @throws ConfigurationException if there is no room for it
   */
  long checkNear(long bytes) {
    // divided, not multiplied: a size may be as large as a long
    if (bytes > (heapBytes / 2 - waitingBytes) / datasets) {
      throw tooMuch("near-memory of " + bytes / MEBIBYTE + " MiB", bytes);
    }
    return bytes;
  }

  /**
   * Checks what is to be kept where there is no near cache.
   *
   * @throws ConfigurationException if there is no room for it
   */
  void checkWithoutNear() {
    if (waitingBytes > heapBytes / 2) {
      throw tooMuch("near-memory of 0 MiB", 0);
    }
  }

  private ConfigurationException tooMuch(String near, long each) {
    return new ConfigurationException(
        near
            + " for each of "
            + datasets
            + (datasets == 1 ? " dataset" : " datasets")
            + (queries == 0 ? "" : " and queries")
            + ", and "
            + waitingBytes / MEBIBYTE
            + " MiB of redis-write-back and store-max-pending, are "
            + (each / MEBIBYTE * datasets + waitingBytes / MEBIBYTE)
            + " MiB: more than half of the heap, which has "
            + heapBytes / MEBIBYTE
            + " MiB (-Xmx)");
  }
}
