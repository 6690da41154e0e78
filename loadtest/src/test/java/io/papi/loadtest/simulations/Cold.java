package io.papi.loadtest.simulations;

import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import io.gatling.javaapi.core.FeederBuilder;
import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Simulation;
import io.papi.loadtest.Options;
import io.papi.loadtest.feeders.Customers;
import io.papi.loadtest.requests.CustomerRequests;
import java.time.Duration;

/** Each of the 10,000 customers once, in random order: no cache helps. The guide's own plan. */
public final class Cold extends Simulation {
  private static final int PER_SECOND = 250;

  private final Options options = Options.ofSystem();
  private final FeederBuilder<String> ids = Customers.eachOnce(options.ids());
  private final int count = ids.recordsCount();

  private final ScenarioBuilder customers = scenario("cold").feed(ids).exec(CustomerRequests.one());

  {
    // The first tenth at half the rate: the generator has to warm up as well.
    int first = count / 10;
    setUp(
            customers.injectOpen(
                rampUsers(first).during(Duration.ofSeconds(2 * first / PER_SECOND + 1)),
                rampUsers(count - first)
                    .during(Duration.ofSeconds((count - first) / PER_SECOND + 1))))
        .protocols(CustomerRequests.protocol(options.url()).shareConnections())
        .assertions(
            global().responseTime().percentile(90).lt(200),
            global().failedRequests().count().is(0L));
  }
}
