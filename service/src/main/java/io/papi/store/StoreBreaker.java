package io.papi.store;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import io.micrometer.core.instrument.Gauge;
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
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The circuit breaker of a store: while it is open, the store is left alone and callers are told at
 * once.
 *
 * <p>It opens when half of the last twenty loads failed, lets three through after a jittered wait
 * that doubles each time, and closes when these succeed. It stands at two places of the chain:
 * {@link #counted} next to the store sees every load and its end, {@link #gated} in front of the
 * waiting line spares callers the wait. Thread-safe.
 */
public final class StoreBreaker {
  private static final Logger LOG = LoggerFactory.getLogger(StoreBreaker.class);

  private static final int LOADS_JUDGED = 20;
  private static final int LEAST_LOADS = 5;
  private static final int TRIALS = 3;
  private static final int MOST_DOUBLINGS = 4;

  private final CircuitBreaker breaker;

  public StoreBreaker(StoreSettings settings, MeterRegistry meters) {
    IntervalFunction wait =
        IntervalFunction.ofExponentialRandomBackoff(
            settings.breakerWait(),
            2.0,
            0.3,
            settings.breakerWait().multipliedBy(1 << MOST_DOUBLINGS));
    this.breaker =
        CircuitBreaker.of(
            "store",
            CircuitBreakerConfig.custom()
                .slidingWindowSize(LOADS_JUDGED)
                .minimumNumberOfCalls(LEAST_LOADS)
                .permittedNumberOfCallsInHalfOpenState(TRIALS)
                .waitIntervalFunctionInOpenState(wait)
                .automaticTransitionFromOpenToHalfOpenEnabled(true)
                .build());
    breaker
        .getEventPublisher()
        .onStateTransition(event -> LOG.warn("store breaker: {}", event.getStateTransition()));
    Gauge.builder("papi.breaker.state", breaker, StoreBreaker::stateNumber)
        .description("0 closed, 1 open, 2 on trial")
        .tag("name", "store")
        .register(meters);
  }

  /**
   * {@code store}, with the end of each load counted; what the breaker does not let through fails.
   */
  public Lookup counted(Lookup store) {
    return new Counted(store);
  }

  /** {@code next}, not asked while the breaker is open. */
  public Lookup gated(Lookup next) {
    return new Gated(next);
  }

  private static double stateNumber(CircuitBreaker breaker) {
    return switch (breaker.getState()) {
      case CLOSED, DISABLED, METRICS_ONLY -> 0;
      case OPEN, FORCED_OPEN -> 1;
      case HALF_OPEN -> 2;
    };
  }

  private static Map<Key, Outcome> bypassed(Set<Key> keys) {
    Map<Key, Outcome> outcomes = HashMap.newHashMap(keys.size());
    for (Key key : keys) {
      outcomes.put(key, new Unavailable(Reason.STORE_BYPASSED));
    }
    return outcomes;
  }

  private final class Counted implements Lookup {
    private final Lookup store;

    Counted(Lookup store) {
      this.store = store;
    }

    @Override
    public Map<Key, Outcome> find(Set<Key> keys, Need need) {
      if (!breaker.tryAcquirePermission()) {
        return bypassed(keys);
      }
      long start = breaker.getCurrentTimestamp();
      boolean failed = true;
      try {
        Map<Key, Outcome> outcomes = store.find(keys, need);
        failed = outcomes.containsValue(new Unavailable(Reason.STORE_FAILED));
        return outcomes;
      } finally {
        long took = breaker.getCurrentTimestamp() - start;
        if (failed) {
          breaker.onError(took, TimeUnit.NANOSECONDS, new StoreFailedException());
        } else {
          breaker.onSuccess(took, TimeUnit.NANOSECONDS);
        }
      }
    }

    @Override
    public String toString() {
      return store.toString();
    }
  }

  private final class Gated implements Lookup {
    private final Lookup next;

    Gated(Lookup next) {
      this.next = next;
    }

    @Override
    public Map<Key, Outcome> find(Set<Key> keys, Need need) {
      return breaker.getState() == State.OPEN ? bypassed(keys) : next.find(keys, need);
    }

    @Override
    public String toString() {
      return "breaker(" + next + ")";
    }
  }

  /** What the breaker is told of a failed load; nobody sees it. */
  private static final class StoreFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoreFailedException() {
      super("the store failed", null, false, false);
    }
  }
}
