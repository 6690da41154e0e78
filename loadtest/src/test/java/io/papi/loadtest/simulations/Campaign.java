package io.papi.loadtest.simulations;

import static io.gatling.javaapi.core.CoreDsl.scenario;

import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Simulation;
import io.papi.loadtest.Options;
import io.papi.loadtest.feeders.Customers;
import io.papi.loadtest.groups.Recipient;
import io.papi.loadtest.platform.EndpointWatch;
import io.papi.loadtest.requests.CustomerRequests;

/**
 * A marketing platform sends a message to each of 10,000 customers. Each recipient has a connection
 * of its own, which makes some two thousand of them at a time.
 */
public final class Campaign extends Simulation {
  private static final String PER_SECOND = "per-second";

  private final Options options = Options.ofSystem(PER_SECOND);
  private final Customers customers = Customers.in(options.ids());
  private final int perSecond = options.whole(PER_SECOND, 200);
  private final Recipient recipient = new Recipient(new EndpointWatch(System::nanoTime));

  private final ScenarioBuilder campaign =
      scenario("campaign").feed(customers.eachOnce()).exec(recipient.message());

  {
    setUp(campaign.injectOpen(Arrivals.ofAll(customers.count(), perSecond)))
        .protocols(CustomerRequests.protocol(options))
        .assertions(Objective.met());
  }
}
