package io.papi.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Policy.Eviction;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.papi.lookup.Key;
import java.util.function.ToDoubleFunction;

/**
 * How full the near cache of one dataset is, how many of its entries had to go for room, and
 * whether those that were read again ahead of their end were asked for. Thread-safe. A read costs
 * nothing: the sizes are looked up when the metrics are.
 */
final class NearMeters {
  private final String dataset;
  private final MeterRegistry meters;
  private final Counter evicted;
  private final Counter askedAgain;
  private final Counter inVain;

  NearMeters(String dataset, MeterRegistry meters) {
    this.dataset = dataset;
    this.meters = meters;
    this.evicted =
        Counter.builder("papi.near.evicted")
            .description("Entries that left the near cache for room, before their time")
            .tag("dataset", dataset)
            .register(meters);
    this.askedAgain = refreshed("asked");
    this.inVain = refreshed("vain");
  }

  private Counter refreshed(String result) {
    return Counter.builder("papi.refresh.worth")
        .description("Ids that were read again ahead of their end: whether they were asked for")
        .tag("dataset", dataset)
        .tag("result", result)
        .register(meters);
  }

  /** Registers the sizes of {@code cache}, and of its bound by weight. */
  void watch(Cache<Key, NearEntry> cache, Eviction<Key, NearEntry> bound) {
    Gauge.builder("cache.size", cache, Cache::estimatedSize)
        .description("Entries of the near cache")
        .tag("cache", "near")
        .tag("dataset", dataset)
        .register(meters);
    gauge(
        "papi.near.memory.used",
        "What the entries of the near cache weigh",
        bound,
        each -> each.weightedSize().orElse(0));
    gauge("papi.near.memory.max", "What they may weigh: near-memory", bound, Eviction::getMaximum);
  }

  /** To be told of each entry that the cache itself lets go. */
  void evicted(RemovalCause cause) {
    if (cause == RemovalCause.SIZE) {
      evicted.increment();
    }
  }

  /** To be told of each entry once, when it ends or leaves before. */
  void judge(NearEntry entry) {
    if (entry.isRefreshed()) {
      (entry.asked() > 0 ? askedAgain : inVain).increment();
    }
  }

  private void gauge(
      String name,
      String description,
      Eviction<Key, NearEntry> bound,
      ToDoubleFunction<Eviction<Key, NearEntry>> value) {
    Gauge.builder(name, bound, value)
        .description(description)
        .baseUnit("bytes")
        .tag("dataset", dataset)
        .strongReference(true)
        .register(meters);
  }
}
