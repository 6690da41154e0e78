package io.papi.cache;

import io.papi.lookup.Key;
import io.papi.lookup.Ticker;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When each key was invalidated: what was read before then must be neither kept nor served.
 * Thread-safe.
 *
 * <p>It remembers a bounded number of keys. When there are more it drops them all, and treats every
 * key as if it had just been invalidated too: the caches then fill anew.
 */
public final class Fence {
  private static final int MAX_KEYS = 10_000;

  private final Ticker ticker;
  private final Map<Key, Long> invalidatedAt = new ConcurrentHashMap<>();

  /** What was read until then is admitted for no key. Written under the lock of this. */
  private volatile long floor;

  public Fence(Ticker ticker) {
    this.ticker = ticker;
    this.floor = ticker.nanos() - Long.MAX_VALUE / 2;
  }

  /** From now on, admits for {@code keys} only what is read later. */
  public synchronized void raise(Set<Key> keys) {
    long now = ticker.nanos();
    if (invalidatedAt.size() + keys.size() > MAX_KEYS) {
      floor = now;
      invalidatedAt.clear();
    } else {
      for (Key key : keys) {
        invalidatedAt.put(key, now);
      }
    }
  }

  /** Whether what was read at {@code readAt} may be kept and served. */
  public boolean admits(Key key, long readAt) {
    Long at = invalidatedAt.get(key);
    return (at == null || readAt - at > 0) && readAt - floor > 0;
  }
}
