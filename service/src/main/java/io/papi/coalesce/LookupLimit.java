package io.papi.coalesce;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.papi.lookup.Key;
import io.papi.lookup.Lookup;
import io.papi.lookup.Need;
import io.papi.lookup.Outcome;
import io.papi.lookup.Outcome.Reason;
import io.papi.lookup.Outcome.Unavailable;
import io.papi.reporting.OnceAMinute;
import io.papi.reporting.Rejected;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bound on the lookups that wait at once, over all datasets: a caller beyond it is turned away
 * instead of waiting. Thread-safe.
 *
 * <p>It stands behind the caches, so it costs a hit nothing, and a caller whose rows are cached is
 * answered however many others wait. The bound is a fixed number because it is about memory and
 * threads: whether a wait is worthwhile is for {@link Forecast} to say, and failed loads are for
 * the breaker. Nor need its places be shared fairly: a connection has one lookup at a time, so it
 * holds at most one place, whatever it asks for. The places of the ids in the lookups are shared
 * fairly by {@link FairQueue}.
 */
public final class LookupLimit {
  private static final Logger LOG = LoggerFactory.getLogger(LookupLimit.class);

  private final int max;
  private final AtomicInteger underWay = new AtomicInteger();
  private final Counter rejectedKeys;
  private final OnceAMinute onceAMinute = new OnceAMinute();
  private final LongAdder unlogged = new LongAdder();

  public LookupLimit(CoalesceSettings settings, MeterRegistry meters) {
    this.max = settings.maxLookups();
    this.rejectedKeys = Rejected.counter("lookups", meters);
  }

  /** {@code next}, not asked while as many lookups as may wait do. */
  public Lookup around(Lookup next) {
    return new Limited(next);
  }

  private Map<Key, Outcome> rejected(Set<Key> keys, Need need) {
    rejectedKeys.increment(keys.size());
    unlogged.add(keys.size());
    if (onceAMinute.isDue(need.asked())) {
      LOG.warn(
          "{} ids refused since this was last logged: {} lookups wait for the store, and no more"
              + " may",
          unlogged.sumThenReset(),
          max);
    }
    return new Unavailable(Reason.OVERLOADED).forAll(keys);
  }

  private final class Limited implements Lookup {
    private final Lookup next;

    Limited(Lookup next) {
      this.next = next;
    }

    @Override
    public Map<Key, Outcome> find(Set<Key> keys, Need need) {
      try {
        return underWay.incrementAndGet() > max ? rejected(keys, need) : next.find(keys, need);
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
