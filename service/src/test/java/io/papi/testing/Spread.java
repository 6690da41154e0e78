package io.papi.testing;

import java.util.Collection;

/** How evenly hashes fill a hash table. */
public final class Spread {
  private static final int BUCKETS = 1 << 16;

  /**
   * No bucket has as many by chance, not once in a thousand million runs: of 65,536 things thrown
   * into as many buckets the fullest has eight or nine.
   */
  public static final int MAX_IN_A_BUCKET = 18;

  private Spread() {}

  /** The most that fall into one bucket of a {@link java.util.HashMap} of 65,536 buckets. */
  public static int fullestBucket(Collection<?> things) {
    int[] buckets = new int[BUCKETS];
    int fullest = 0;
    for (Object thing : things) {
      int hash = thing.hashCode();
      int bucket = (hash ^ (hash >>> 16)) & (BUCKETS - 1);
      buckets[bucket]++;
      fullest = Math.max(fullest, buckets[bucket]);
    }
    return fullest;
  }
}
