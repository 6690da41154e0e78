package io.papi.loadtest.simulations;

import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.details;
import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.nothingFor;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Simulation;
import io.papi.loadtest.Options;
import io.papi.loadtest.feeders.Customers;
import io.papi.loadtest.groups.Outcome;
import io.papi.loadtest.requests.CustomerRequests;
import io.papi.loadtest.requests.HealthRequests;
import java.net.URI;
import java.time.Duration;

/**
 * Ten times what the service can read from its store, for customers that are not cached, by callers
 * who do not wait for each other. It must go on answering what it can, refuse the rest quickly, say
 * all the while that it is ready, and be its old self right after.
 */
public final class Overload extends Simulation {
  private static final String CAPACITY = "capacity";
  private static final String DURATION = "duration";
  private static final String ADMIN_URL = "admin-url";

  private static final int TIMES_CAPACITY = 10;
  private static final double MIN_GOODPUT = 0.7;
  private static final double MAX_FAILURES_PERCENT = 1;
  private static final String RECOVERED = "customer after the overload";
  private static final int RECOVERED_SECONDS = 10;
  private static final Duration MAX = Duration.ofMinutes(10);
  private static final Duration CALM = Duration.ofSeconds(3);

  private final Options options = Options.ofSystem(CAPACITY, DURATION, ADMIN_URL);
  private final Customers customers = Customers.in(options.ids());
  private final int capacity =
      options.whole(CAPACITY, "the ids a second that the service can read from its store");
  private final Duration duration = options.duration(DURATION, Duration.ofSeconds(15), MAX);
  private final URI admin = options.url(ADMIN_URL, "http://localhost:8002");

  private final ScenarioBuilder flood =
      scenario("flood").feed(customers.random()).exec(Outcome.ofCall());

  private final ScenarioBuilder recovered =
      scenario("recovered").feed(customers.random()).exec(CustomerRequests.named(RECOVERED));

  private final ScenarioBuilder health = scenario("health").exec(HealthRequests.ready(admin));

  {
    int flooded = TIMES_CAPACITY * capacity;
    long seconds = duration.toSeconds();
    setUp(
            health.injectOpen(
                constantUsersPerSec(2).during(Arrivals.WARM_UP.plus(duration).plus(CALM))),
            flood
                .injectOpen(Arrivals.steady(flooded, duration))
                .andThen(
                    recovered.injectOpen(
                        nothingFor(CALM),
                        constantUsersPerSec(capacity / 2.0).during(RECOVERED_SECONDS))))
        .protocols(CustomerRequests.protocol(options).shareConnections())
        .assertions(
            details(Outcome.ANSWERED)
                .allRequests()
                .count()
                .gte((long) (MIN_GOODPUT * capacity * seconds)),
            details(Outcome.REFUSED).allRequests().count().gte(capacity * seconds),
            Objective.within(Outcome.REFUSED, 200),
            Objective.within(HealthRequests.READY, 200),
            Objective.within(RECOVERED, 200),
            global().failedRequests().percent().lt(MAX_FAILURES_PERCENT));
  }
}
