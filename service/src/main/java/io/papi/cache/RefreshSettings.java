package io.papi.cache;

/**
 * What reading ahead may take of the store.
 *
 * @param lanes the most statements that it has under way at once, at least 1
 * @param maxBatch the most keys of one statement, at least 1
 */
public record RefreshSettings(int lanes, int maxBatch) {

  public RefreshSettings {
    if (lanes < 1 || maxBatch < 1) {
      throw new IllegalArgumentException("less than 1: lanes " + lanes + ", maxBatch " + maxBatch);
    }
  }
}
