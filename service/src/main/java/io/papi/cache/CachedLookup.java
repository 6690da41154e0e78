package io.papi.cache;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.papi.cache.RowCache.Reading;
import io.papi.lookup.Deadline;
import io.papi.lookup.Key;
import io.papi.lookup.Lookup;
import io.papi.lookup.Need;
import io.papi.lookup.Need.Priority;
import io.papi.lookup.Origin.Layer;
import io.papi.lookup.Outcome;
import io.papi.lookup.Outcome.Absent;
import io.papi.lookup.Outcome.Found;
import io.papi.lookup.Outcome.Known;
import io.papi.lookup.Outcome.Unavailable;
import io.papi.lookup.Outcome.Unreadable;
import io.papi.lookup.Ticker;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A lookup with a cache in front of it: it answers what the cache holds young enough, asks the next
 * lookup for the rest, and gives a caller a stale row where that has no answer.
 *
 * <p>It keeps what a cache behind it answered. It does not keep what the store answered: whoever
 * loads puts that on all shelves, once for all who wait. Thread-safe.
 */
public final class CachedLookup implements Lookup {
  private final RowCache cache;
  private final Lookup next;
  private final Lifetime lifetime;
  private final Ticker ticker;
  private final Counter hits;
  private final Counter negatives;
  private final Counter stales;
  private final Counter misses;

  public CachedLookup(
      String dataset,
      RowCache cache,
      Lookup next,
      Lifetime lifetime,
      MeterRegistry meters,
      Ticker ticker) {
    this.cache = cache;
    this.next = next;
    this.lifetime = lifetime;
    this.ticker = ticker;
    this.hits = gets(meters, dataset, "hit");
    this.negatives = gets(meters, dataset, "negative");
    this.stales = gets(meters, dataset, "stale");
    this.misses = gets(meters, dataset, "miss");
  }

  @Override
  public Outcome find(Key key, Need need) {
    Optional<Known> held = cache.peek(key, need);
    if (held.isPresent()) {
      countAnswer(held.get(), need);
      return held.get();
    }
    return Lookup.super.find(key, need);
  }

  @Override
  public Map<Key, Outcome> find(Set<Key> keys, Need need) {
    return cache
        .read(keys, need.deadline())
        .map(reading -> answer(keys, need, reading))
        .orElseGet(() -> next.find(keys, need));
  }

  /** Answers what the cache holds young enough; the rest are misses. */
  private Map<Key, Outcome> answer(Set<Key> keys, Need need, Reading reading) {
    long now = ticker.recentNanos();
    Map<Key, Outcome> outcomes = HashMap.newHashMap(keys.size());
    Set<Key> missed = new HashSet<>();
    Map<Key, Known> standIns = new HashMap<>();
    for (Key key : keys) {
      Known held = reading.held().apply(key);
      if (held != null && lifetime.answers(key, held, need, now)) {
        countAnswer(held, need);
        outcomes.put(key, held);
      } else {
        missed.add(key);
        if (held != null && need.priority() == Priority.CALLER && lifetime.standsIn(held, now)) {
          standIns.put(key, held);
        }
      }
    }
    if (!missed.isEmpty()) {
      boolean allStandIn = standIns.size() == missed.size();
      Need patience = allStandIn ? need.within(Deadline.after(lifetime.staleAfter(), now)) : need;
      addMissed(outcomes, next.find(missed, patience), need, standIns, reading.nanos());
    }
    return outcomes;
  }

  /** Adds what the next lookup answered, or what stands in for it. */
  private void addMissed(
      Map<Key, Outcome> outcomes,
      Map<Key, Outcome> answered,
      Need need,
      Map<Key, Known> standIns,
      long readNanos) {
    Map<Key, Known> fromCaches = new HashMap<>();
    answered.forEach(
        (key, outcome) -> {
          switch (outcome) {
            case Known known -> {
              count(misses, need);
              outcomes.put(key, known.from(known.origin().behind(cache.layer(), readNanos)));
              if (known.origin().layer() != Layer.STORE) {
                fromCaches.put(key, known);
              }
            }
            case Unavailable unavailable ->
                outcomes.put(key, standIn(standIns.get(key), unavailable, need));
          }
        });
    cache.keep(fromCaches);
  }

  private Outcome standIn(@Nullable Known held, Unavailable unavailable, Need need) {
    count(held == null ? misses : stales, need);
    return held == null ? unavailable : held;
  }

  private void countAnswer(Known known, Need need) {
    switch (known) {
      case Found _ -> count(hits, need);
      case Absent _, Unreadable _ -> count(negatives, need);
    }
  }

  /** What callers asked is counted; what is read ahead has counters of its own. */
  private static void count(Counter counter, Need need) {
    if (need.priority() == Priority.CALLER) {
      counter.increment();
    }
  }

  private Counter gets(MeterRegistry meters, String dataset, String result) {
    return Counter.builder("cache.gets")
        .description("Ids that callers asked of a cache")
        .tag("cache", name())
        .tag("dataset", dataset)
        .tag("result", result)
        .register(meters);
  }

  private String name() {
    return cache.layer().name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return name() + "(" + next + ")";
  }
}
