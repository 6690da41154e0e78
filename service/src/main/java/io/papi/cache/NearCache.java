package io.papi.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Policy.Eviction;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.micrometer.core.instrument.MeterRegistry;
import io.papi.lookup.Deadline;
import io.papi.lookup.Key;
import io.papi.lookup.Need;
import io.papi.lookup.Origin.Layer;
import io.papi.lookup.Outcome.Known;
import io.papi.lookup.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one dataset that this process keeps in memory, as long as they are fresh or stale and
 * while there is room. Of two reads of a key the younger stays. It also knows which of them were
 * asked for and end soon, for {@link RefreshAhead}. Thread-safe.
 */
public final class NearCache implements RowCache {
  private final Cache<Key, NearEntry> cache;
  private final Eviction<Key, NearEntry> bound;

  /** The weight from which on the cache is told which entries are asked for. */
  private final long toldFrom;

  private final Lifetime lifetime;
  private final int enough;
  private final Endings endings;
  private final Ticker ticker;
  private final Fence fence;
  private final NearMeters nearMeters;

  public NearCache(
      String dataset,
      NearSettings settings,
      Lifetime lifetime,
      MeterRegistry meters,
      Ticker ticker) {
    this.lifetime = lifetime;
    this.enough = settings.refreshAfterHits();
    this.endings = new Endings(lifetime.refreshPeriod().toNanos());
    this.ticker = ticker;
    this.fence = new Fence(ticker);
    this.nearMeters = new NearMeters(dataset, meters);
    this.cache =
        Caffeine.newBuilder()
            .maximumWeight(settings.maxBytes())
            .weigher(NearCache::weigh)
            .expireAfter(Expiry.writing((Key _, NearEntry entry) -> remaining(entry.known())))
            .ticker(ticker::recentNanos)
            .evictionListener(this::evicted)
            // there is little housekeeping, and a thread of its own would be woken every few reads
            .executor(Runnable::run)
            .build();
    this.bound = cache.policy().eviction().orElseThrow();
    this.toldFrom = settings.maxBytes() / 4 * 3;
    nearMeters.watch(cache, bound);
  }

  @Override
  public Layer layer() {
    return Layer.NEAR;
  }

  @Override
  public Optional<Known> peek(Key key, Need need) {
    NearEntry entry = entry(key);
    if (entry == null) {
      return Optional.empty();
    }
    Known known = entry.known();
    if (!lifetime.answers(key, known, need, need.asked())) {
      return Optional.empty();
    }
    entry.ask(enough);
    return Optional.of(known);
  }

  @Override
  public Optional<Reading> read(Set<Key> keys, Deadline deadline) {
    return Optional.of(new Reading(this::held, 0));
  }

  private @Nullable Known held(Key key) {
    NearEntry entry = entry(key);
    if (entry == null) {
      return null;
    }
    entry.ask(enough);
    return entry.known();
  }

  /**
   * The entry of a key, if it lives. While there is room for all, the cache is not told who is
   * asked for: that writes to several old objects for each hit, and where there are millions of
   * them the collector looks through them in each of its pauses. Caffeine does so by itself, up to
   * half of the bound, in caches without an {@link Expiry}.
   */
  private @Nullable NearEntry entry(Key key) {
    boolean isTold = bound.weightedSize().orElse(Long.MAX_VALUE) >= toldFrom;
    return isTold ? cache.getIfPresent(key) : cache.policy().getIfPresentQuietly(key);
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
              boolean isYounger = held == null || known.readAt() - held.readAt() > 0;
              return isYounger && fence.admits(key, known.readAt())
                  ? entered(key, known, held)
                  : held;
            });
  }

  private NearEntry entered(Key key, Known known, @Nullable NearEntry held) {
    boolean refreshed = held != null && held.isDue();
    // a caller who is given what another cache held asks for it after it was read
    boolean isAsked = !refreshed && known.origin().layer() != Layer.STORE;
    NearEntry entry = NearEntry.of(key, known, refreshed, isAsked ? 1 : 0);
    if (held != null) {
      leave(held);
    }
    if (isRefreshed() && lifetime.isReadAhead(known)) {
      endings.add(entry, lifetime.freshUntil(key, known));
    }
    return entry;
  }

  /** Whether what it holds is to be read again ahead of its end. */
  public boolean isRefreshed() {
    return enough > 0;
  }

  /**
   * Finds what ends before {@code until} and was asked for since it was read. It finds an entry
   * once, and marks it as due.
   */
  List<NearEntry> due(long until) {
    List<NearEntry> due = new ArrayList<>();
    for (NearEntry entry : endings.takeUntil(until)) {
      nearMeters.judge(entry);
      if (entry.asked() >= enough) {
        entry.setDue(true);
        due.add(entry);
      }
    }
    return due;
  }

  @Override
  public boolean invalidate(Set<Key> keys, Deadline deadline) {
    fence.raise(keys);
    for (Key key : keys) {
      NearEntry held = cache.asMap().remove(key);
      if (held != null) {
        leave(held);
      }
    }
    return true;
  }

  private void evicted(@Nullable Key key, @Nullable NearEntry entry, RemovalCause cause) {
    nearMeters.evicted(cause);
    if (entry != null) {
      leave(entry);
    }
  }

  private void leave(NearEntry entry) {
    if (endings.remove(entry)) {
      nearMeters.judge(entry);
    }
    entry.leave();
  }

  private Duration remaining(Known known) {
    return Duration.ofNanos(Math.max(0, lifetime.remaining(known, ticker.nanos())));
  }

  private static int weigh(Key key, NearEntry held) {
    return held.bytes() + key.textBytes();
  }
}
