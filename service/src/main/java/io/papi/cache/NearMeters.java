package io.papi.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Policy.Eviction;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.papi.lookup.Key;
import io.papi.lookup.Outcome.Known;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * How full the near cache of one dataset is, and how many of its entries had to go for room.
 * Thread-safe. A read costs nothing: the sizes are looked up when the metrics are.
 */
final class NearMeters {
  private final String dataset;
  private final MeterRegistry meters;
  private final Counter evicted;

  NearMeters(String dataset, MeterRegistry meters) {
    this.dataset = dataset;
    this.meters = meters;
    this.evicted =
        Counter.builder("papi.near.evicted")
            .description("Entries that left the near cache for room, before their time")
            .tag("dataset", dataset)
            .register(meters);
  }

  /** Registers the sizes of {@code cache}, which must be bounded by weight. */
  void watch(Cache<Key, Known> cache) {
    Eviction<Key, Known> bound = cache.policy().eviction().orElseThrow();
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
  void left(@Nullable Key key, @Nullable Known known, RemovalCause cause) {
    if (cause == RemovalCause.SIZE) {
      evicted.increment();
    }
  }

  private void gauge(
      String name,
      String description,
      Eviction<Key, Known> bound,
      ToDoubleFunction<Eviction<Key, Known>> value) {
    Gauge.builder(name, bound, value)
        .description(description)
        .baseUnit("bytes")
        .tag("dataset", dataset)
        .strongReference(true)
        .register(meters);
  }
}
