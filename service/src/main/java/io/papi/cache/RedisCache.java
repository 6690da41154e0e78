package io.papi.cache;

import io.papi.cache.Decoded.Garbage;
import io.papi.cache.Decoded.Kept;
import io.papi.cache.Decoded.KeptAbsence;
import io.papi.cache.Decoded.KeptUnreadable;
import io.papi.cache.Decoded.Sound;
import io.papi.cache.Reply.Nothing;
import io.papi.cache.Reply.Values;
import io.papi.dataset.Dataset;
import io.papi.dataset.StoreIdentity;
import io.papi.lookup.Deadline;
import io.papi.lookup.Key;
import io.papi.lookup.Need;
import io.papi.lookup.Origin;
import io.papi.lookup.Origin.Layer;
import io.papi.lookup.Outcome.Absent;
import io.papi.lookup.Outcome.Found;
import io.papi.lookup.Outcome.Known;
import io.papi.lookup.Outcome.Unreadable;
import io.papi.lookup.Row;
import io.papi.lookup.Ticker;
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
 * The rows of one dataset in Redis. Thread-safe.
 *
 * <p>Whatever is wrong with a value, it is not held. A row that another timeline stamped than the
 * one that this process counts by ({@link ClockWatch}) is held as one past its fresh time, an
 * absence not at all. Keeping does not wait for Redis. A row that was read before its key was
 * invalidated is not held either, so that it does not matter how long Redis takes to delete it.
 */
public final class RedisCache implements RowCache {
  private final RedisNames names;
  private final Lifetime lifetime;
  private final Redis redis;
  private final Ticker ticker;
  private final Fence fence;
  private final ValueCodec codec = new ValueCodec();

  /**
   * @param store where the rows of the dataset come from
   */
  public RedisCache(
      Dataset dataset, StoreIdentity store, Lifetime lifetime, Redis redis, Ticker ticker) {
    this.names = new RedisNames(dataset, store);
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
    long began = ticker.recentNanos();
    long now = began;
    List<Key> all = List.copyOf(keys);
    Map<Key, Known> held = HashMap.newHashMap(all.size());
    int most = redis.lane().maxKeys();
    for (int from = 0; from < all.size(); from += most) {
      List<Key> part = all.subList(from, Math.min(from + most, all.size()));
      byte[][] asked = new byte[part.size()][];
      for (int i = 0; i < asked.length; i++) {
        asked[i] = names.of(part.get(i));
      }
      Reply reply = redis.lane().read(asked, deadline);
      now = ticker.nanos();
      switch (reply) {
        case Values values -> add(part, asked, values, began, now, held);
        case Nothing nothing -> {
          return from == 0 && nothing == Nothing.BYPASSED
              ? Optional.empty()
              : Optional.of(new Reading(held::get, now - began));
        }
      }
    }
    return Optional.of(new Reading(held::get, now - began));
  }

  /** Adds the outcomes in {@code values}, their ages counted by the process's own clock. */
  private void add(
      List<Key> keys, byte[][] asked, Values values, long began, long now, Map<Key, Known> held) {
    Origin here = Origin.of(Layer.REDIS, now - began);
    Timeline timeline = redis.clock().timeline();
    for (int i = 0; i < asked.length; i++) {
      Optional<byte[]> value = values.at(i);
      if (value.isPresent()) {
        Key key = keys.get(i);
        sound(asked[i], value.get())
            .flatMap(sound -> known(sound, timeline, now, here))
            .filter(known -> fence.admits(key, known.readAt()))
            .ifPresent(known -> held.put(key, known));
      }
    }
  }

  @Override
  public void keep(Map<Key, Known> outcomes) {
    outcomes.forEach(this::keep);
  }

  private void keep(Key key, Known known) {
    byte[] name = names.of(key);
    if (fence.admits(key, known.readAt())) {
      redis.writeBack().keep(name, known, lifetime);
      if (!fence.admits(key, known.readAt())) {
        // it was invalidated in between, perhaps before it was handed over
        var _ = redis.writeBack().forget(name);
      }
    }
  }

  @Override
  public boolean invalidate(Set<Key> keys, Deadline deadline) {
    fence.raise(keys);
    List<CompletableFuture<Boolean>> deletions = new ArrayList<>(keys.size());
    for (Key key : keys) {
      deletions.add(redis.writeBack().forget(names.of(key)));
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

  private Optional<Sound> sound(byte[] name, byte[] value) {
    return switch (codec.decode(name, value)) {
      case Sound sound -> Optional.of(sound);
      case Garbage reason -> {
        redis.meters().discarded(reason);
        redis.writeBack().erase(name);
        yield Optional.empty();
      }
    };
  }

  /** The outcome in a value, its age counted by the process's own clock from now on. */
  private Optional<Known> known(Sound sound, Timeline timeline, long now, Origin origin) {
    Stamp stamp = sound.stamp();
    if (stamp.clock() != timeline.id()) {
      redis.meters().discardedOtherClock();
      return switch (sound) {
        case Kept(Row row, _) -> {
          long readAt = lifetime.notFresh(redis.clock().guessReadAt(stamp, now), now);
          yield Optional.of(new Found(row, readAt, origin));
        }
        case KeptAbsence _, KeptUnreadable _ -> Optional.empty();
      };
    }
    if (timeline.isFuture(stamp.micros(), now)) {
      redis.meters().discardedFuture();
      return Optional.empty();
    }
    long readAt = timeline.readAt(stamp.micros(), now);
    return Optional.of(
        switch (sound) {
          case Kept(Row row, _) -> new Found(row, readAt, origin);
          case KeptAbsence _ -> new Absent(readAt, origin);
          case KeptUnreadable _ -> new Unreadable(readAt, origin);
        });
  }
}
