package io.papi.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.micrometer.core.instrument.MeterRegistry;
import io.papi.lookup.Deadline;
import io.papi.lookup.Key;
import io.papi.lookup.Need;
import io.papi.lookup.Origin;
import io.papi.lookup.Origin.Layer;
import io.papi.lookup.Outcome.Absent;
import io.papi.lookup.Outcome.Found;
import io.papi.lookup.Outcome.Known;
import io.papi.lookup.Outcome.Unreadable;
import io.papi.lookup.Ticker;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The rows of one dataset that this process keeps in memory, as long as they are fresh or stale and
 * while there is room. Of two reads of a key the younger stays. Thread-safe.
 */
public final class NearCache implements RowCache {
  /**
   * What an entry takes besides its row's bytes and its key's characters, measured in a heap below
   * 32 GiB; above that, where references are twice as long, it is 70 bytes more.
   */
  private static final int ROW_ENTRY_BYTES = 245;

  private static final int ABSENT_ENTRY_BYTES = 180;

  /** A string has one byte for each character, or two. */
  private static final int MAX_CHARACTER_BYTES = 2;

  private static final Origin ORIGIN = Origin.of(Layer.NEAR, 0);

  private final Cache<Key, Known> cache;
  private final Lifetime lifetime;
  private final Ticker ticker;
  private final Fence fence;

  public NearCache(
      String dataset,
      NearSettings settings,
      Lifetime lifetime,
      MeterRegistry meters,
      Ticker ticker) {
    this.lifetime = lifetime;
    this.ticker = ticker;
    this.fence = new Fence(ticker);
    NearMeters nearMeters = new NearMeters(dataset, meters);
    this.cache =
        Caffeine.newBuilder()
            .maximumWeight(settings.maxBytes())
            .weigher(NearCache::weigh)
            .expireAfter(Expiry.writing((Key _, Known known) -> remaining(known)))
            .ticker(ticker::recentNanos)
            .evictionListener(nearMeters::left)
            // there is little housekeeping, and a thread of its own would be woken every few reads
            .executor(Runnable::run)
            .build();
    nearMeters.watch(cache);
  }

  @Override
  public Layer layer() {
    return Layer.NEAR;
  }

  @Override
  public Optional<Known> peek(Key key, Need need) {
    Known held = cache.getIfPresent(key);
    return held != null && lifetime.answers(key, held, need, need.asked())
        ? Optional.of(held)
        : Optional.empty();
  }

  @Override
  public Optional<Reading> read(Set<Key> keys, Deadline deadline) {
    return Optional.of(new Reading(cache::getIfPresent, 0));
  }

  @Override
  public void keep(Map<Key, Known> outcomes) {
    outcomes.forEach(this::keep);
  }

  /** Asks the fence inside compute, where {@link #invalidate} cannot come in between. */
  private void keep(Key key, Known known) {
    cache
        .asMap()
        .compute(
            key,
            (_, held) -> {
              if (!fence.admits(key, known.readAt())) {
                return held;
              }
              return held == null ? known.from(ORIGIN) : younger(held, known.from(ORIGIN));
            });
  }

  @Override
  public boolean invalidate(Set<Key> keys, Deadline deadline) {
    fence.raise(keys);
    cache.invalidateAll(keys);
    return true;
  }

  private Duration remaining(Known known) {
    return Duration.ofNanos(Math.max(0, lifetime.remaining(known, ticker.nanos())));
  }

  private static Known younger(Known one, Known other) {
    return other.readAt() - one.readAt() > 0 ? other : one;
  }

  private static int weigh(Key key, Known known) {
    int entry =
        switch (known) {
          case Found found -> ROW_ENTRY_BYTES + found.row().length();
          case Absent _, Unreadable _ -> ABSENT_ENTRY_BYTES;
        };
    return entry + MAX_CHARACTER_BYTES * key.text().length();
  }
}
