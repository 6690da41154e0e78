package io.papi.cache;

import io.papi.lookup.Key;
import io.papi.lookup.Ticker;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The moments at which keys were forgotten: what was read before must be neither kept nor given.
 * Thread-safe.
 *
 * <p>It remembers a bounded number of keys. Past that it forgets them all, and holds against every
 * key what it held against the last of them: the caches then fill anew.
 */
final class Fence {
  private static final int MOST_KEYS = 10_000;

  private final Ticker ticker;
  private final Map<Key, Long> forgottenAt = new ConcurrentHashMap<>();

  /** What was read until then is not admitted, whatever its key. */
  private volatile long floor;

  Fence(Ticker ticker) {
    this.ticker = ticker;
    this.floor = ticker.nanos() - Long.MAX_VALUE / 2;
  }

  /** From now on admits of {@code keys} only what is read later. */
  synchronized void raise(Set<Key> keys) {
    long now = ticker.nanos();
    if (forgottenAt.size() + keys.size() > MOST_KEYS) {
      floor = now;
      forgottenAt.clear();
    } else {
      for (Key key : keys) {
        forgottenAt.put(key, now);
      }
    }
  }

  boolean admits(Key key, long readAt) {
    Long at = forgottenAt.get(key);
    return (at == null || readAt - at > 0) && readAt - floor > 0;
  }
}
