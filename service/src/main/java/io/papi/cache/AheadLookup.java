package io.papi.cache;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.papi.lookup.Deadline;
import io.papi.lookup.Key;
import io.papi.lookup.Lookup;
import io.papi.lookup.Need;
import io.papi.lookup.Need.Priority;
import io.papi.lookup.Outcome;
import io.papi.lookup.Outcome.Found;
import io.papi.lookup.Outcome.Known;
import io.papi.lookup.Outcome.Reason;
import io.papi.lookup.Outcome.Unavailable;
import io.papi.lookup.Ticker;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleSupplier;

/**
 * A lookup that reads rows again in the background shortly before their fresh time ends, so that
 * nobody who asks for a popular row waits for the store.
 *
 * <p>Whether a row is due is decided by chance at each answer: the less time is left and the longer
 * its load takes, the likelier it is (XFetch: Vattani, Chierichetti, Lowenstein, "Optimal
 * Probabilistic Cache Stampede Prevention", VLDB 2015). What is due is read in bulk, one refresh at
 * a time. It never delays an answer, and what the next lookup rejects simply becomes due again.
 * Thread-safe.
 */
public final class AheadLookup implements Lookup {
  /** The paper's beta: 1 is best if loads take about as long as the last one did. */
  private static final double BETA = 1.0;

  /** A row with more than this many times its cost left is due with a chance of e^-40: never. */
  private static final double HORIZON = 40 * BETA;

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Lookup next;
  private final Lifetime lifetime;
  private final Ticker ticker;
  private final DoubleSupplier random;
  private final Executor background;
  private final Counter succeeded;
  private final Counter failed;
  private final Counter dropped;
  private final Set<Key> due = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean refreshing = new AtomicBoolean();

  /**
   * @param random evenly between 0 and 1
   * @param background runs refreshes
   */
  public AheadLookup(
      String dataset,
      Lookup next,
      Lifetime lifetime,
      MeterRegistry meters,
      Ticker ticker,
      DoubleSupplier random,
      Executor background) {
    this.next = next;
    this.lifetime = lifetime;
    this.ticker = ticker;
    this.random = random;
    this.background = background;
    this.succeeded = refreshes(meters, dataset, "ok");
    this.failed = refreshes(meters, dataset, "failed");
    this.dropped = refreshes(meters, dataset, "dropped");
  }

  @Override
  public Outcome find(Key key, Need need) {
    Outcome outcome = next.find(key, need);
    if (isDue(key, outcome, need.asked())) {
      refresh(key);
    }
    return outcome;
  }

  @Override
  public Map<Key, Outcome> find(Set<Key> keys, Need need) {
    Map<Key, Outcome> outcomes = next.find(keys, need);
    outcomes.forEach(
        (key, outcome) -> {
          if (isDue(key, outcome, need.asked())) {
            refresh(key);
          }
        });
    return outcomes;
  }

  /** Rows only: an absence has no cost to go by, and one past its fresh time has been asked for. */
  private boolean isDue(Key key, Outcome outcome, long now) {
    if (!(outcome instanceof Found found)) {
      return false;
    }
    long left = lifetime.freshLeft(key, found, now);
    long cost = found.row().costNanos();
    return left > 0
        && left < cost * HORIZON
        && -Math.log(random.getAsDouble()) * cost * BETA >= left;
  }

  private void refresh(Key key) {
    if (due.add(key) && refreshing.compareAndSet(false, true)) {
      background.execute(this::refreshAll);
    }
  }

  private void refreshAll() {
    try {
      Set<Key> batch = Set.copyOf(due);
      long now = ticker.nanos();
      try {
        next.find(batch, new Need(now, now, Deadline.after(PATIENCE, now), Priority.REFRESH))
            .values()
            .forEach(this::count);
      } finally {
        due.removeAll(batch);
      }
    } finally {
      refreshing.set(false);
    }
    if (!due.isEmpty() && refreshing.compareAndSet(false, true)) {
      background.execute(this::refreshAll);
    }
  }

  private void count(Outcome outcome) {
    switch (outcome) {
      case Known _ -> succeeded.increment();
      case Unavailable(Reason reason) ->
          (reason == Reason.OVERLOADED ? dropped : failed).increment();
    }
  }

  private static Counter refreshes(MeterRegistry meters, String dataset, String outcome) {
    return Counter.builder("papi.refresh")
        .description("Ids read again before their fresh time ended")
        .tag("dataset", dataset)
        .tag("outcome", outcome)
        .register(meters);
  }

  @Override
  public String toString() {
    return "ahead(" + next + ")";
  }
}
