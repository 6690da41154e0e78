package io.papi.store;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.papi.lookup.Key;
import io.papi.lookup.Loader;
import io.papi.lookup.Lookup;
import io.papi.lookup.Need;
import io.papi.lookup.Outcome;
import io.papi.lookup.Outcome.Reason;
import io.papi.lookup.Outcome.Unavailable;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A circuit breaker for what loads depend on: while it is open, that is left alone and callers are
 * told at once.
 *
 * <p>The server, which all datasets share, has one, and each dataset's statements have another: a
 * dataset whose statements fail does not keep others from the server. Each counts one reason of
 * failure. A load that failed for a reason that says nothing about what it guards is not counted at
 * all; all others count as successes.
 *
 * <p>It opens when half of the last twenty loads failed, lets three through after a jittered wait
 * that doubles each time, and closes when these succeed. It stands at two places of the chain:
 * {@link #counted} next to the store sees every load and its end, {@link #gated} in front of the
 * waiting line spares callers the wait. Thread-safe.
 */
public final class StoreBreaker {
  private static final Logger LOG = LoggerFactory.getLogger(StoreBreaker.class);

  private static final Unavailable BYPASSED = new Unavailable(Reason.STORE_BYPASSED);

  private static final int LOADS_JUDGED = 20;
  private static final int MIN_LOADS = 5;
  private static final int TRIALS = 3;
  private static final int MAX_DOUBLINGS = 4;

  private final CircuitBreaker breaker;
  private final Unavailable failure;
  private final Set<Unavailable> silent;

  /** The breaker of the server. */
  public static StoreBreaker ofServer(StoreSettings settings, MeterRegistry meters) {
    return ofServer("store", settings, meters);
  }

  private static StoreBreaker ofServer(String name, StoreSettings settings, MeterRegistry meters) {
    return new StoreBreaker(
        name, Reason.STORE_UNREACHABLE, Set.of(Reason.STORE_BYPASSED), settings, meters);
  }

  /**
   * The breaker of the server as queries meet it: they have connections and warehouses of their
   * own, which may fail when those of rows do not.
   */
  public static StoreBreaker ofQueriesServer(StoreSettings settings, MeterRegistry meters) {
    return ofServer("queries", settings, meters);
  }

  /** What it is called in metrics and in the log. */
  public String name() {
    return breaker.getName();
  }

  /** The breaker of one dataset's or query's statements. */
  public static StoreBreaker ofDataset(
      String dataset, StoreSettings settings, MeterRegistry meters) {
    return new StoreBreaker(
        "store/" + dataset,
        Reason.STORE_FAILED,
        Set.of(Reason.STORE_BYPASSED, Reason.STORE_UNREACHABLE),
        settings,
        meters);
  }

  /**
   * @param failure what it counts
   * @param silent what says nothing about what it guards
   */
  private StoreBreaker(
      String name,
      Reason failure,
      Set<Reason> silent,
      StoreSettings settings,
      MeterRegistry meters) {
    this.failure = new Unavailable(failure);
    this.silent = silent.stream().map(Unavailable::new).collect(Collectors.toUnmodifiableSet());
    IntervalFunction wait =
        IntervalFunction.ofExponentialRandomBackoff(
            settings.breakerWait(),
            2.0,
            0.3,
            settings.breakerWait().multipliedBy(1 << MAX_DOUBLINGS));
    this.breaker =
        CircuitBreaker.of(
            name,
            CircuitBreakerConfig.custom()
                .slidingWindowSize(LOADS_JUDGED)
                .minimumNumberOfCalls(MIN_LOADS)
                .permittedNumberOfCallsInHalfOpenState(TRIALS)
                .waitIntervalFunctionInOpenState(wait)
                .automaticTransitionFromOpenToHalfOpenEnabled(true)
                .build());
    breaker
        .getEventPublisher()
        .onStateTransition(event -> LOG.warn("breaker {}: {}", name, event.getStateTransition()));
    Gauge.builder("papi.breaker.state", breaker, StoreBreaker::stateNumber)
        .description("0 closed, 1 open, 2 on trial")
        .tag("name", name)
        .register(meters);
  }

  /**
   * {@code store}, with the end of each load counted; what the breaker does not let through fails.
   */
  public Loader counted(Loader store) {
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

  private final class Counted implements Loader {
    private final Loader store;

    Counted(Loader store) {
      this.store = store;
    }

    @Override
    public Map<Key, Outcome> load(Set<Key> keys) {
      if (!breaker.tryAcquirePermission()) {
        return BYPASSED.forAll(keys);
      }
      long start = breaker.getCurrentTimestamp();
      Map<Key, Outcome> outcomes;
      try {
        outcomes = store.load(keys);
      } catch (RuntimeException e) {
        breaker.onError(breaker.getCurrentTimestamp() - start, TimeUnit.NANOSECONDS, e);
        throw e;
      }
      long took = breaker.getCurrentTimestamp() - start;
      if (outcomes.containsValue(failure)) {
        breaker.onError(took, TimeUnit.NANOSECONDS, new StoreFailedException());
      } else if (silent.stream().anyMatch(outcomes::containsValue)) {
        breaker.releasePermission();
      } else {
        breaker.onSuccess(took, TimeUnit.NANOSECONDS);
      }
      return outcomes;
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
      return breaker.getState() == State.OPEN ? BYPASSED.forAll(keys) : next.find(keys, need);
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
