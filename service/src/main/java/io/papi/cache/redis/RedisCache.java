package io.papi.cache.redis;

import io.papi.cache.Fence;
import io.papi.cache.Lifetime;
import io.papi.cache.RowCache;
import io.papi.dataset.Dataset;
import io.papi.dataset.StoreIdentity;
import io.papi.lookup.Deadline;
import io.papi.lookup.Key;
import io.papi.lookup.Need;
import io.papi.lookup.Origin.Layer;
import io.papi.lookup.Outcome.Known;
import io.papi.lookup.Ticker;
import io.papi.query.Query;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The rows of one dataset, or the answers of one query, in Redis. Thread-safe.
 *
 * <p>Keeping does not wait for Redis. A row that was read before its key was invalidated is not
 * held, so it does not matter how long Redis takes to delete it.
 */
public final class RedisCache implements RowCache {
  private final RedisNames names;
  private final Lifetime lifetime;
  private final RedisRows redis;
  private final Ticker ticker;
  private final Fence fence;

  /**
   * @param store where the rows of the dataset come from
   */
  public RedisCache(
      Dataset dataset, StoreIdentity store, Lifetime lifetime, RedisRows redis, Ticker ticker) {
    this(new RedisNames(dataset, store), lifetime, redis, ticker);
  }

  /**
   * @param store where the answers of the query come from
   */
  public RedisCache(
      Query query, StoreIdentity store, Lifetime lifetime, RedisRows redis, Ticker ticker) {
    this(new RedisNames(query, store), lifetime, redis, ticker);
  }

  /** The mappings of an alternate key, whose values nobody is to read in Redis. */
  public static RedisCache hidden(
      Dataset mapping,
      StoreIdentity store,
      NameSecret secret,
      Lifetime lifetime,
      RedisRows redis,
      Ticker ticker) {
    return new RedisCache(RedisNames.hidden(mapping, store, secret), lifetime, redis, ticker);
  }

  private RedisCache(RedisNames names, Lifetime lifetime, RedisRows redis, Ticker ticker) {
    this.names = names;
    this.lifetime = lifetime;
    this.redis = redis;
    this.ticker = ticker;
    this.fence = new Fence(ticker);
  }

  @Override
  public Layer layer() {
    return Layer.REDIS;
  }

  /** Empty: looking into Redis would block. */
  @Override
  public Optional<Known> peek(Key key, Need need) {
    return Optional.empty();
  }

  @Override
  public Optional<Reading> read(Set<Key> keys, Deadline deadline) {
    List<Key> asked = List.copyOf(keys);
    byte[][] named = new byte[asked.size()][];
    for (int i = 0; i < named.length; i++) {
      named[i] = names.of(asked.get(i));
    }
    return redis.read(named, lifetime, deadline).map(held -> admitted(asked, held));
  }

  private Reading admitted(List<Key> asked, RedisRows.Held held) {
    Map<Key, Known> admitted = HashMap.newHashMap(asked.size());
    for (int i = 0; i < asked.size(); i++) {
      Key key = asked.get(i);
      Optional<Known> known = held.outcomes().get(i);
      if (known.isPresent() && fence.admits(key, known.get().readAt())) {
        admitted.put(key, known.get());
      }
    }
    return new Reading(admitted::get, held.nanos());
  }

  @Override
  public void keep(Map<Key, Known> outcomes) {
    outcomes.forEach(this::keep);
  }

  private void keep(Key key, Known known) {
    byte[] name = names.of(key);
    if (fence.admits(key, known.readAt())) {
      redis.keep(name, known, lifetime);
      if (!fence.admits(key, known.readAt())) {
        // it was invalidated in between, perhaps before it was handed over
        var _ = redis.invalidate(name);
      }
    }
  }

  @Override
  public boolean invalidate(Set<Key> keys, Deadline deadline) {
    fence.raise(keys);
    List<CompletableFuture<Boolean>> deletions = new ArrayList<>(keys.size());
    for (Key key : keys) {
      deletions.add(redis.invalidate(names.of(key)));
    }
    boolean gone = true;
    for (CompletableFuture<Boolean> deletion : deletions) {
      gone &= await(deletion, deadline);
    }
    return gone;
  }

  private boolean await(CompletableFuture<Boolean> deletion, Deadline deadline) {
    try {
      long left = Math.max(0, deadline.remaining(ticker.nanos()));
      return deletion.get(left, TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a deletion never ends exceptionally", e);
    }
  }
}
