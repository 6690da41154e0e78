package io.papi.loadtest.simulations;

import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import io.gatling.javaapi.core.FeederBuilder;
import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Simulation;
import io.papi.loadtest.Options;
import io.papi.loadtest.feeders.Customers;
import io.papi.loadtest.requests.CustomerRequests;
import java.time.Duration;

/**
 * Ids repeat by Zipf's law, as visitors of a site do. The hottest are in the caches from before.
 */
public final class Hot extends Simulation {
  private static final String PER_SECOND = "per-second";
  private static final String DURATION = "duration";

  /** Less than the 180 s that a row stays fresh: the hottest are cached all the time. */
  private static final Duration MAX = Duration.ofSeconds(150);

  private static final Duration FIRST_LOOK = Duration.ofSeconds(5);

  private final Options options = Options.ofSystem(PER_SECOND, DURATION);
  private final Customers customers = Customers.in(options.ids());
  private final int perSecond = options.whole(PER_SECOND, 300);
  private final Duration duration = options.duration(DURATION, Duration.ofSeconds(30), MAX);

  private final FeederBuilder<Object> hottest = customers.hottest();

  private final ScenarioBuilder firstLook =
      scenario("first look")
          .feed(hottest)
          .exec(CustomerRequests.named("first look at the hottest"));

  private final ScenarioBuilder hot =
      scenario("hot").feed(customers.popular()).exec(CustomerRequests.ofRecord());

  {
    setUp(
            firstLook
                .injectOpen(rampUsers(hottest.recordsCount()).during(FIRST_LOOK))
                .andThen(hot.injectOpen(Arrivals.steady(perSecond, duration))))
        .protocols(CustomerRequests.protocol(options).shareConnections())
        .assertions(Objective.metAndCached(Customers.HOT));
  }
}
