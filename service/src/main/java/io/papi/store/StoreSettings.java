package io.papi.store;

import java.time.Duration;

/**
 * The settings of a store's connections and statements.
 *
 * @param connections the size of the connection pool; at most as many statements run at once
 * @param maxBatch the most ids of one statement, a power of two
 * @param breakerWait how long the store is left alone after a breaker opened, the first time; it
 *     doubles with each failed trial, up to sixteen times
 */
public record StoreSettings(int connections, int maxBatch, Duration breakerWait) {

  public StoreSettings {
    if (connections < 1) {
      throw new IllegalArgumentException("connections is " + connections + ", less than 1");
    }
    if (maxBatch < 1 || Integer.bitCount(maxBatch) != 1) {
      throw new IllegalArgumentException("maxBatch is " + maxBatch + ", not a power of two");
    }
  }
}
