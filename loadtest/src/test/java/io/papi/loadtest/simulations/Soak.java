package io.papi.loadtest.simulations;

import static io.gatling.javaapi.core.CoreDsl.feed;
import static io.gatling.javaapi.core.CoreDsl.percent;
import static io.gatling.javaapi.core.CoreDsl.randomSwitch;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import io.gatling.javaapi.core.Assertion;
import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.core.Simulation;
import io.papi.loadtest.Options;
import io.papi.loadtest.feeders.Customers;
import io.papi.loadtest.requests.CustomerRequests;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A day's mixture for as long as one likes: popular customers, any customers, and batches. The
 * report and the objective are by the quarter of the time, so that a service which grows slower
 * shows.
 */
public final class Soak extends Simulation {
  private static final String PER_SECOND = "per-second";
  private static final String DURATION = "duration";
  private static final Duration MAX = Duration.ofDays(3);
  private static final int QUARTERS = 4;

  private final Options options = Options.ofSystem(PER_SECOND, DURATION);
  private final Customers customers = Customers.in(options.ids());
  private final int perSecond = options.whole(PER_SECOND, 100);
  private final Duration duration = options.duration(DURATION, Duration.ofMinutes(30), MAX);
  private final long start = System.nanoTime();

  private final ScenarioBuilder soak =
      scenario("soak")
          .exec(
              randomSwitch()
                  .on(
                      percent(80).then(feed(customers.popular())),
                      percent(15).then(feed(customers.random())),
                      percent(5).then(feed(customers.batches()))))
          .exec(CustomerRequests.named(this::quarter));

  {
    setUp(soak.injectOpen(Arrivals.steady(perSecond, duration)))
        .protocols(CustomerRequests.protocol(options).shareConnections())
        .assertions(assertions());
  }

  private String quarter(Session session) {
    long passed = System.nanoTime() - start - Arrivals.WARM_UP.toNanos();
    return quarter(Math.clamp(passed * QUARTERS / duration.toNanos(), 0, QUARTERS - 1));
  }

  private static String quarter(int number) {
    return "quarter " + (number + 1);
  }

  private static List<Assertion> assertions() {
    return IntStream.range(0, QUARTERS)
        .mapToObj(number -> Objective.metBy(quarter(number)))
        .flatMap(List::stream)
        .toList();
  }
}
