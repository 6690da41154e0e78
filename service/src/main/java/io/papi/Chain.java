package io.papi;

import io.micrometer.core.instrument.MeterRegistry;
import io.papi.cache.BoundedShelf;
import io.papi.cache.CachedLookup;
import io.papi.cache.Lifetime;
import io.papi.cache.NearCache;
import io.papi.cache.NearSettings;
import io.papi.cache.RefreshAhead;
import io.papi.cache.RefreshSettings;
import io.papi.cache.RowCache;
import io.papi.cache.Shelves;
import io.papi.cache.redis.NameSecret;
import io.papi.cache.redis.Redis;
import io.papi.cache.redis.RedisCache;
import io.papi.coalesce.CoalesceSettings;
import io.papi.coalesce.CoalescedLookup;
import io.papi.coalesce.LookupLimit;
import io.papi.dataset.Dataset;
import io.papi.dataset.StoreIdentity;
import io.papi.http.query.ServedQuery;
import io.papi.lookup.Deadline;
import io.papi.lookup.Key;
import io.papi.lookup.Lookup;
import io.papi.lookup.Outcome.Found;
import io.papi.lookup.Shelf;
import io.papi.lookup.Ticker;
import io.papi.query.Query;
import io.papi.query.QueryLimits;
import io.papi.store.ConnectionPool;
import io.papi.store.Source;
import io.papi.store.SqlStore;
import io.papi.store.StoreBreaker;
import io.papi.store.StoreSettings;
import io.papi.store.query.QueryStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The chain of lookups that answers for one dataset or query. The order of the layers stands here
 * and nowhere else: near cache, Redis, breaker, limit, coalescing, store.
 *
 * @param served what it answers for
 * @param caches where its answers are kept
 * @param refresh what reads again ahead of its end, if there is a near cache
 * @param store its end, which is checked at the start
 * @param coalesced the layer that is closed with the service: what waits in it is turned away
 */
record Chain<S>(
    S served,
    Lookup lookup,
    List<RowCache> caches,
    Optional<RefreshAhead> refresh,
    Source store,
    CoalescedLookup coalesced) {

  /** A report is read ahead of its end by a tenth of its fresh time at most. */
  private static final int MIN_LEADS = 10;

  /**
   * What the chains of all datasets share, or those of all queries.
   *
   * @param identity of the store
   * @param near the near cache of each; empty if there is none
   * @param server the breaker of the store's server
   * @param limit of the lookups that wait for the store
   * @param jitterSeed what makes lifetimes differ between instances
   */
  record Shared(
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

  /** The chain of a dataset's rows. */
  static Chain<SqlStore> ofDataset(Dataset dataset, ConnectionPool connections, Shared shared) {
    return ofTable(
        dataset,
        lifetime ->
            redis -> new RedisCache(dataset, shared.identity(), lifetime, redis, shared.ticker()),
        connections,
        shared);
  }

  /**
   * The chain of an alternate key's mappings.
   *
   * @param mapping as a dataset of its own
   * @param secret hides its values in Redis
   */
  static Chain<SqlStore> ofMapping(
      Dataset mapping, NameSecret secret, ConnectionPool connections, Shared shared) {
    return ofTable(
        mapping,
        lifetime ->
            redis ->
                RedisCache.hidden(
                    mapping, shared.identity(), secret, lifetime, redis, shared.ticker()),
        connections,
        shared);
  }

  private static Chain<SqlStore> ofTable(
      Dataset dataset,
      Function<Lifetime, Function<Redis, RedisCache>> redisCache,
      ConnectionPool connections,
      Shared shared) {
    SqlStore store =
        new SqlStore(
            dataset,
            connections.dataSource(),
            shared.storeSettings().maxBatch(),
            shared.meters(),
            shared.ticker());
    Lifetime lifetime = new Lifetime(dataset.freshness(), shared.jitterSeed());
    CoalesceSettings coalesce = shared.coalesceSettings();
    Layers layers =
        new Layers(
            dataset.name(),
            lifetime,
            store,
            UnaryOperator.identity(),
            coalesce,
            new RefreshSettings(lanes(coalesce), coalesce.maxBatch()),
            shared);
    return layers.chain(redisCache.apply(lifetime), (_, _) -> store);
  }

  /** What its caches have of {@code keys}, however old. */
  List<Found> kept(Set<Key> keys, Deadline deadline) {
    return caches.stream()
        .flatMap(cache -> cache.read(keys, deadline).stream())
        .flatMap(reading -> keys.stream().map(reading.held()))
        .filter(Found.class::isInstance)
        .map(Found.class::cast)
        .toList();
  }

  static Chain<ServedQuery> ofQuery(Query query, ConnectionPool connections, Shared shared) {
    QueryStore store =
        new QueryStore(query, connections.dataSource(), shared.meters(), shared.ticker());
    Lifetime lifetime = new Lifetime(query.freshness(), shared.jitterSeed());
    // a report takes seconds: whoever asks for it meanwhile waits for the same statement
    CoalesceSettings coalesce =
        shared.coalesceSettings().joinedFor(query.limits().statementTimeout());
    int maxBytes = query.limits().maxCachedBytes();
    Layers layers =
        new Layers(
            query.name(),
            lifetime,
            store,
            shelf ->
                new BoundedShelf(query.name(), shelf, maxBytes, shared.meters(), shared.ticker()),
            coalesce,
            refreshOf(query, coalesce),
            shared);
    return layers.chain(
        redis -> new RedisCache(query, shared.identity(), lifetime, redis, shared.ticker()),
        (lookup, coalesced) ->
            new ServedQuery(query, lookup, coalesced, store::columns, store::kinds));
  }

  /** It begins earlier by what a statement may take. */
  private static RefreshSettings refreshOf(Query query, CoalesceSettings coalesce) {
    QueryLimits limits = query.limits();
    Duration share = query.freshness().freshFor().dividedBy(MIN_LEADS);
    Duration lead = limits.deadline().compareTo(share) < 0 ? limits.deadline() : share;
    return new RefreshSettings(
        lanes(coalesce), coalesce.maxBatch(), lead, limits.statementTimeout());
  }

  /** Reading ahead may have half of the lanes: callers find the other half. */
  private static int lanes(CoalesceSettings settings) {
    return Math.max(1, settings.lanes() / 2);
  }

  /**
   * The parts of one chain, and how they are put together.
   *
   * @param bounds what keeps large answers from the caches
   */
  private record Layers(
      String name,
      Lifetime lifetime,
      Source store,
      UnaryOperator<Shelf> bounds,
      CoalesceSettings coalesceSettings,
      RefreshSettings refreshSettings,
      Shared shared) {

    <S> Chain<S> chain(
        Function<Redis, RedisCache> redisCache, BiFunction<Lookup, CoalescedLookup, S> served) {
      MeterRegistry meters = shared.meters();
      Ticker ticker = shared.ticker();
      StoreBreaker own = StoreBreaker.ofDataset(name, shared.storeSettings(), meters);
      Optional<NearCache> near =
          shared.near().map(size -> new NearCache(name, size, lifetime, meters, ticker));
      Optional<RedisCache> redis = shared.redis().map(redisCache);
      List<RowCache> caches = Stream.of(near, redis).<RowCache>flatMap(Optional::stream).toList();
      CoalescedLookup coalesced =
          new CoalescedLookup(
              name,
              shared.server().name(),
              shared.server().counted(own.counted(store)),
              bounds.apply(new Shelves(caches)),
              coalesceSettings,
              meters,
              ticker);
      Lookup gated = shared.server().gated(own.gated(shared.limit().around(coalesced)));
      Lookup behindNear = redis.<Lookup>map(cache -> cached(cache, gated)).orElse(gated);
      Lookup all = near.<Lookup>map(cache -> cached(cache, behindNear)).orElse(behindNear);
      Optional<RefreshAhead> refresh =
          near.filter(NearCache::isRefreshed).map(cache -> refreshAhead(cache, behindNear));
      return new Chain<>(served.apply(all, coalesced), all, caches, refresh, store, coalesced);
    }

    private Lookup cached(RowCache cache, Lookup next) {
      return new CachedLookup(name, cache, next, lifetime, shared.meters(), shared.ticker());
    }

    private RefreshAhead refreshAhead(NearCache near, Lookup behind) {
      return new RefreshAhead(
          name,
          near,
          behind,
          lifetime,
          refreshSettings,
          shared.meters(),
          shared.ticker(),
          drain -> Thread.ofVirtual().name("refresh").start(drain));
    }
  }
}
