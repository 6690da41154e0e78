package io.papi.loadtest.simulations;

import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import io.gatling.javaapi.core.FeederBuilder;
import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Simulation;
import io.papi.loadtest.Options;
import io.papi.loadtest.feeders.Ranges;
import io.papi.loadtest.requests.CustomerRequests;
import io.papi.loadtest.requests.ReportRequests;
import java.time.Duration;

/**
 * A dashboard with a few ranges of days, whose reports are in the caches from before, and beside it
 * people who each want another range, for which the store has to compute.
 */
public final class Reports extends Simulation {
  private static final String PER_SECOND = "per-second";
  private static final String COLD_PER_SECOND = "cold-per-second";
  private static final String DURATION = "duration";

  /** Less than the 15 minutes that these reports stay fresh: the few are cached all the time. */
  private static final Duration MAX = Duration.ofMinutes(10);

  private static final Duration FIRST_LOOK = Duration.ofSeconds(5);

  private final Options options = Options.ofSystem(PER_SECOND, COLD_PER_SECOND, DURATION);
  private final int perSecond = options.whole(PER_SECOND, 200);
  private final int coldPerSecond = options.whole(COLD_PER_SECOND, 5);
  private final Duration duration = options.duration(DURATION, Duration.ofSeconds(30), MAX);

  private final FeederBuilder<Object> months = Ranges.months();

  private final ScenarioBuilder firstLook =
      scenario("first look").feed(months).exec(ReportRequests.named("first look at a month"));

  private final ScenarioBuilder cold =
      scenario("cold").feed(Ranges.eachAnother()).exec(ReportRequests.cold());

  private final ScenarioBuilder cached =
      scenario("cached").feed(Ranges.monthsByChance()).exec(ReportRequests.cached());

  {
    setUp(
            firstLook
                .injectOpen(rampUsers(months.recordsCount()).during(FIRST_LOOK))
                .andThen(
                    cold.injectOpen(Arrivals.steady(coldPerSecond, duration)),
                    cached.injectOpen(Arrivals.steady(perSecond, duration))))
        .protocols(CustomerRequests.protocol(options).shareConnections())
        .assertions(Objective.metByReports(ReportRequests.COLD, ReportRequests.CACHED));
  }
}
