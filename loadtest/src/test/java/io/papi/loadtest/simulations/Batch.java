package io.papi.loadtest.simulations;

import static io.gatling.javaapi.core.CoreDsl.scenario;

import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Simulation;
import io.papi.loadtest.Options;
import io.papi.loadtest.feeders.Customers;
import io.papi.loadtest.requests.CustomerRequests;
import java.time.Duration;

/** One to a hundred customers a request. */
public final class Batch extends Simulation {
  private static final String PER_SECOND = "per-second";
  private static final String DURATION = "duration";
  private static final Duration MAX = Duration.ofHours(1);

  private final Options options = Options.ofSystem(PER_SECOND, DURATION);
  private final Customers customers = Customers.in(options.ids());
  private final int perSecond = options.whole(PER_SECOND, 40);
  private final Duration duration = options.duration(DURATION, Duration.ofSeconds(30), MAX);

  private final ScenarioBuilder batch =
      scenario("batch").feed(customers.batches()).exec(CustomerRequests.ofRecord());

  {
    setUp(batch.injectOpen(Arrivals.steady(perSecond, duration)))
        .protocols(CustomerRequests.protocol(options).shareConnections())
        .assertions(Objective.met());
  }
}
