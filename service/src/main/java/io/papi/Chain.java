package io.papi;

import io.micrometer.core.instrument.MeterRegistry;
import io.papi.cache.CachedLookup;
import io.papi.cache.Lifetime;
import io.papi.cache.NearCache;
import io.papi.cache.NearSettings;
import io.papi.cache.RefreshAhead;
import io.papi.cache.RefreshSettings;
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
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The chain of lookups that answers for one dataset. The order of the layers stands here and
 * nowhere else: near cache, Redis, breaker, limit, coalescing, store.
 *
 * @param refresh what reads rows again ahead of their end, if there is a near cache
 * @param store its end, whose table is checked at the start
 * @param coalesced the layer that is closed with the service: what waits in it is turned away
 */
record Chain(
    Dataset dataset,
    Lookup lookup,
    Optional<RefreshAhead> refresh,
    SqlStore store,
    CoalescedLookup coalesced) {

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
    Optional<NearCache> near =
        shared.near().map(size -> new NearCache(name, size, lifetime, meters, ticker));
    Optional<RedisCache> redis =
        shared
            .redis()
            .map(server -> new RedisCache(dataset, shared.identity(), lifetime, server, ticker));
    CoalescedLookup coalesced =
        new CoalescedLookup(
            name,
            shared.server().counted(own.counted(store)),
            new Shelves(Stream.of(near, redis).<RowCache>flatMap(Optional::stream).toList()),
            shared.coalesceSettings(),
            meters,
            ticker);
    Lookup gated = shared.server().gated(own.gated(shared.limit().around(coalesced)));
    Lookup behindNear =
        redis
            .<Lookup>map(cache -> new CachedLookup(name, cache, gated, lifetime, meters, ticker))
            .orElse(gated);
    Lookup all =
        near.<Lookup>map(
                cache -> new CachedLookup(name, cache, behindNear, lifetime, meters, ticker))
            .orElse(behindNear);
    Optional<RefreshAhead> refresh =
        near.filter(NearCache::isRefreshed)
            .map(
                cache ->
                    new RefreshAhead(
                        name,
                        cache,
                        behindNear,
                        lifetime,
                        refresh(shared.coalesceSettings()),
                        meters,
                        ticker,
                        drain -> Thread.ofVirtual().name("refresh").start(drain)));
    return new Chain(dataset, all, refresh, store, coalesced);
  }

  /** Reading ahead may have half of the lanes: callers find the other half. */
  private static RefreshSettings refresh(CoalesceSettings settings) {
    return new RefreshSettings(Math.max(1, settings.lanes() / 2), settings.maxBatch());
  }

  /** The dataset as the server offers it. */
  ServedDataset served() {
    return new ServedDataset(dataset, lookup, coalesced, store::columns, store::defaultRow);
  }
}
