package io.papi.cache;

/**
 * The bounds of a near cache.
 *
 * @param maxBytes the most bytes that keys, rows and their book-keeping may take, for each dataset
 * @param refreshAfterHits how often an entry must have been asked for since it was read, so that it
 *     is read again ahead of its end, 1 to {@value #MAX_REFRESH_HITS}; 0 for none
 */
public record NearSettings(long maxBytes, int refreshAfterHits) {
  public static final int MAX_REFRESH_HITS = 100;

  public NearSettings {
    if (refreshAfterHits < 0 || refreshAfterHits > MAX_REFRESH_HITS) {
      throw new IllegalArgumentException(
          "refreshAfterHits is " + refreshAfterHits + ", not 0 to " + MAX_REFRESH_HITS);
    }
  }
}
