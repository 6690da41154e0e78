package io.papi.cache;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.papi.cache.Decoded.Garbage;
import io.papi.cache.Decoded.Kept;
import io.papi.cache.Decoded.KeptAbsence;
import io.papi.cache.Decoded.Sound;
import io.papi.cache.Reply.Nothing;
import io.papi.cache.Reply.Values;
import io.papi.dataset.Dataset;
import io.papi.lookup.Deadline;
import io.papi.lookup.Key;
import io.papi.lookup.Lookup;
import io.papi.lookup.Need;
import io.papi.lookup.Origin;
import io.papi.lookup.Origin.Layer;
import io.papi.lookup.Outcome;
import io.papi.lookup.Outcome.Absent;
import io.papi.lookup.Outcome.Found;
import io.papi.lookup.Outcome.Known;
import io.papi.lookup.Outcome.Unavailable;
import io.papi.lookup.Row;
import io.papi.lookup.Shelf;
import io.papi.lookup.Ticker;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The rows of one dataset in Redis, in front of the lookup that is asked for the rest. Thread-safe.
 *
 * <p>A refresh passes by Redis, and so does everybody while Redis does not answer. Whatever is
 * wrong with a value, it is a miss. What the next lookup answers is not written from here: whoever
 * loads it puts it on this shelf, once for all who wait for it, and also where nobody waits any
 * more.
 */
public final class RedisLookup implements Lookup, Shelf {
  private final RedisNames names;
  private final Lifetime lifetime;
  private final Duration staleAfter;
  private final Redis redis;
  private final Ticker ticker;
  private final Lookup next;
  private final ValueCodec codec = new ValueCodec();
  private final Counter hits;
  private final Counter negatives;
  private final Counter stales;
  private final Counter misses;

  public RedisLookup(
      Dataset dataset,
      Lifetime lifetime,
      Redis redis,
      Ticker ticker,
      MeterRegistry registry,
      Lookup next) {
    this.names = new RedisNames(dataset);
    this.lifetime = lifetime;
    this.staleAfter = dataset.freshness().staleAfter();
    this.redis = redis;
    this.ticker = ticker;
    this.next = next;
    this.hits = gets(registry, dataset, "hit");
    this.negatives = gets(registry, dataset, "negative");
    this.stales = gets(registry, dataset, "stale");
    this.misses = gets(registry, dataset, "miss");
  }

  @Override
  public Map<Key, Outcome> find(Set<Key> keys, Need need) {
    if (need.priority() == Need.Priority.REFRESH) {
      return next.find(keys, need);
    }
    long began = ticker.nanos();
    Map<Key, Sound> held = new HashMap<>();
    if (!read(List.copyOf(keys), need.deadline(), held)) {
      return next.find(keys, need);
    }
    long now = ticker.nanos();
    Origin here = Origin.of(Layer.REDIS, now - began);
    Map<Key, Outcome> outcomes = HashMap.newHashMap(keys.size());
    Map<Key, Found> stale = new HashMap<>();
    Set<Key> left = new LinkedHashSet<>();
    for (Key key : keys) {
      Optional<Known> known = known(held, key, now, here);
      if (known.isPresent() && lifetime.answers(key, known.get(), need, now)) {
        (known.get() instanceof Found ? hits : negatives).increment();
        outcomes.put(key, known.get());
        continue;
      }
      left.add(key);
      if (known.isPresent()
          && known.get() instanceof Found found
          && lifetime.standsIn(found, now)) {
        stales.increment();
        stale.put(key, found);
      } else {
        misses.increment();
      }
    }
    if (!left.isEmpty()) {
      boolean covered = stale.size() == left.size();
      Need rest = covered ? need.within(Deadline.after(staleAfter, now)) : need;
      Map<Key, Outcome> answers = next.find(left, rest);
      for (Key key : left) {
        Outcome answer = requireNonNull(answers.get(key), "no outcome for a key that was asked");
        outcomes.put(
            key,
            switch (answer) {
              case Known known -> known.from(known.origin().behind(Layer.REDIS, now - began));
              case Unavailable unavailable -> requireNonNullElse(stale.get(key), unavailable);
            });
      }
    }
    return outcomes;
  }

  /** Empty: looking into Redis would block. */
  @Override
  public Optional<Known> peek(Key key, Need need) {
    return Optional.empty();
  }

  @Override
  public void keep(Map<Key, Known> outcomes) {
    outcomes.forEach((key, known) -> redis.writeBack().keep(names.of(key), known, lifetime));
  }

  @Override
  public String toString() {
    return "redis(" + next + ")";
  }

  /** Fills in what Redis holds, exchange by exchange; false when Redis was not asked at all. */
  private boolean read(List<Key> keys, Deadline deadline, Map<Key, Sound> held) {
    int most = redis.lane().maxKeys();
    for (int from = 0; from < keys.size(); from += most) {
      List<Key> part = keys.subList(from, Math.min(from + most, keys.size()));
      byte[][] batch = new byte[part.size()][];
      for (int i = 0; i < batch.length; i++) {
        batch[i] = names.of(part.get(i));
      }
      switch (redis.lane().read(batch, deadline)) {
        case Values values -> {
          for (int i = 0; i < batch.length; i++) {
            Optional<byte[]> value = values.at(i);
            if (value.isPresent()) {
              addSound(part.get(i), batch[i], value.get(), held);
            }
          }
        }
        case Nothing nothing -> {
          return from > 0 || nothing == Nothing.FAILED;
        }
      }
    }
    return true;
  }

  private void addSound(Key key, byte[] name, byte[] value, Map<Key, Sound> held) {
    switch (codec.decode(name, value)) {
      case Sound sound -> held.put(key, sound);
      case Garbage reason -> {
        redis.meters().discarded(reason);
        redis.writeBack().erase(name);
      }
    }
  }

  /** What is held of {@code key}, with its age counted by the process's own clock from now on. */
  private Optional<Known> known(Map<Key, Sound> held, Key key, long now, Origin origin) {
    Sound sound = held.get(key);
    if (sound == null) {
      return Optional.empty();
    }
    if (redis.clock().isFuture(sound.readMicros(), now)) {
      redis.meters().discardedFuture();
      return Optional.empty();
    }
    long readAt = redis.clock().readAt(sound.readMicros(), now);
    return Optional.of(
        switch (sound) {
          case Kept(Row row, _) -> new Found(row, readAt, origin);
          case KeptAbsence _ -> new Absent(readAt, origin);
        });
  }

  private static Counter gets(MeterRegistry registry, Dataset dataset, String result) {
    return Counter.builder("cache.gets")
        .description("ids that were looked for in a cache; stale: only a row past its time is held")
        .tag("cache", "redis")
        .tag("dataset", dataset.name())
        .tag("result", result)
        .register(registry);
  }
}
