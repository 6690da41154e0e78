package io.papi;

import io.micrometer.core.instrument.MeterRegistry;
import io.papi.cache.AheadLookup;
import io.papi.cache.CachedLookup;
import io.papi.cache.Lifetime;
import io.papi.cache.NearCache;
import io.papi.cache.NearSettings;
import io.papi.cache.RowCache;
import io.papi.cache.Shelves;
import io.papi.cache.redis.Redis;
import io.papi.cache.redis.RedisCache;
import io.papi.coalesce.CoalesceSettings;
import io.papi.coalesce.CoalescedLookup;
import io.papi.coalesce.LookupLimit;
import io.papi.dataset.Dataset;
import io.papi.dataset.StoreIdentity;
import io.papi.http.dataset.ServedDataset;
import io.papi.lookup.Lookup;
import io.papi.lookup.Ticker;
import io.papi.store.ConnectionPool;
import io.papi.store.SqlStore;
import io.papi.store.StoreBreaker;
import io.papi.store.StoreSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The chain of lookups that answers for one dataset. The order of the layers stands here and
 * nowhere else: early refresh, near cache, Redis, breaker, limit, coalescing, store.
 *
 * @param store its end, whose table is checked at the start
 * @param coalesced the layer that is closed with the service: what waits in it is turned away
 */
record Chain(Dataset dataset, Lookup lookup, SqlStore store, CoalescedLookup coalesced) {

  /**
   * What all chains share.
   *
   * @param pool the connections to the store
   * @param identity of the store
   * @param near the near cache of each; empty if there is none
   * @param server the breaker of the store's server
   * @param limit of the lookups that wait for the store
   * @param jitterSeed what makes lifetimes differ between instances
   */
  record Shared(
      ConnectionPool pool,
      StoreIdentity identity,
      StoreSettings storeSettings,
      CoalesceSettings coalesceSettings,
      Optional<NearSettings> near,
      Optional<Redis> redis,
      StoreBreaker server,
      LookupLimit limit,
      int jitterSeed,
      MeterRegistry meters,
      Ticker ticker) {}

  static Chain of(Dataset dataset, Shared shared) {
    String name = dataset.name();
    MeterRegistry meters = shared.meters();
    Ticker ticker = shared.ticker();
    Lifetime lifetime = new Lifetime(dataset.freshness(), shared.jitterSeed());
    StoreBreaker own = StoreBreaker.ofDataset(name, shared.storeSettings(), meters);
    SqlStore store =
        new SqlStore(
            dataset, shared.pool().dataSource(), shared.storeSettings().maxBatch(), meters, ticker);
    List<RowCache> caches = caches(dataset, lifetime, shared);
    CoalescedLookup coalesced =
        new CoalescedLookup(
            name,
            shared.server().counted(own.counted(store)),
            new Shelves(caches),
            shared.coalesceSettings(),
            meters,
            ticker);
    Lookup chain = shared.server().gated(own.gated(shared.limit().around(coalesced)));
    for (RowCache cache : caches.reversed()) {
      chain = new CachedLookup(name, cache, chain, lifetime, meters, ticker);
    }
    Lookup ahead =
        new AheadLookup(
            name,
            chain,
            lifetime,
            meters,
            ticker,
            () -> ThreadLocalRandom.current().nextDouble(),
            refresh -> Thread.ofVirtual().name("refresh").start(refresh));
    return new Chain(dataset, ahead, store, coalesced);
  }

  /** The nearest first. */
  private static List<RowCache> caches(Dataset dataset, Lifetime lifetime, Shared shared) {
    List<RowCache> caches = new ArrayList<>();
    shared
        .near()
        .ifPresent(
            near ->
                caches.add(
                    new NearCache(
                        dataset.name(), near, lifetime, shared.meters(), shared.ticker())));
    shared
        .redis()
        .ifPresent(
            redis ->
                caches.add(
                    new RedisCache(dataset, shared.identity(), lifetime, redis, shared.ticker())));
    return caches;
  }

  /** The dataset as the server offers it. */
  ServedDataset served() {
    return new ServedDataset(dataset, lookup, coalesced);
  }
}
