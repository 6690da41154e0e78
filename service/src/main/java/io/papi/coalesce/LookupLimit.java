package io.papi.coalesce;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.papi.lookup.Key;
import io.papi.lookup.Lookup;
import io.papi.lookup.Need;
import io.papi.lookup.Outcome;
import io.papi.lookup.Outcome.Reason;
import io.papi.lookup.Outcome.Unavailable;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The bound of lookups that wait at once, whatever their datasets: beyond it a caller is told so
 * instead of waiting. Thread-safe.
 *
 * <p>It stands behind the caches, so that it costs a hit nothing, and callers of what a cache holds
 * are answered however many others wait. The bound is a fixed number, of memory and threads:
 * whether a wait is worth while is for {@link Forecast} to say, and of failed loads the breaker
 * takes care.
 */
public final class LookupLimit {
  private final int max;
  private final AtomicInteger underWay = new AtomicInteger();
  private final Counter rejectedKeys;

  public LookupLimit(CoalesceSettings settings, MeterRegistry meters) {
    this.max = settings.maxLookups();
    this.rejectedKeys =
        Counter.builder("papi.rejected")
            .description("Ids that were turned away at a bound")
            .tag("reason", "lookups")
            .register(meters);
  }

  /** {@code next}, not asked while as many lookups as may wait do. */
  public Lookup around(Lookup next) {
    return new Limited(next);
  }

  private Map<Key, Outcome> rejected(Set<Key> keys) {
    rejectedKeys.increment(keys.size());
    Map<Key, Outcome> outcomes = HashMap.newHashMap(keys.size());
    for (Key key : keys) {
      outcomes.put(key, new Unavailable(Reason.OVERLOADED));
    }
    return outcomes;
  }

  private final class Limited implements Lookup {
    private final Lookup next;

    Limited(Lookup next) {
      this.next = next;
    }

    @Override
    public Map<Key, Outcome> find(Set<Key> keys, Need need) {
      try {
        return underWay.incrementAndGet() > max ? rejected(keys) : next.find(keys, need);
      } finally {
        underWay.decrementAndGet();
      }
    }

    @Override
    public String toString() {
      return "limited(" + next + ")";
    }
  }
}
