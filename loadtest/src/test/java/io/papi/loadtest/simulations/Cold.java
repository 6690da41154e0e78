package io.papi.loadtest.simulations;

import static io.gatling.javaapi.core.CoreDsl.scenario;

import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Simulation;
import io.papi.loadtest.Options;
import io.papi.loadtest.feeders.Customers;
import io.papi.loadtest.requests.CustomerRequests;

/** Each of the 10,000 customers once, in random order: no cache helps. The guide's own plan. */
public final class Cold extends Simulation {
  private static final String PER_SECOND = "per-second";

  private final Options options = Options.ofSystem(PER_SECOND);
  private final Customers customers = Customers.in(options.ids());
  private final int perSecond = options.whole(PER_SECOND, 200);

  private final ScenarioBuilder cold =
      scenario("cold").feed(customers.eachOnce()).exec(CustomerRequests.ofRecord());

  {
    setUp(cold.injectOpen(Arrivals.ofAll(customers.count(), perSecond)))
        .protocols(CustomerRequests.protocol(options).shareConnections())
        .assertions(Objective.met());
  }
}
