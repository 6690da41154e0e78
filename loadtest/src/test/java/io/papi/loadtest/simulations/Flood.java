package io.papi.loadtest.simulations;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.details;
import static io.gatling.javaapi.core.CoreDsl.nothingFor;
import static io.gatling.javaapi.core.CoreDsl.pace;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import io.gatling.javaapi.core.Assertion;
import io.gatling.javaapi.core.FeederBuilder;
import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Simulation;
import io.papi.loadtest.Options;
import io.papi.loadtest.feeders.Customers;
import io.papi.loadtest.feeders.Excess;
import io.papi.loadtest.groups.Outcome;
import io.papi.loadtest.groups.StoreReads;
import io.papi.loadtest.keys.ApiKey;
import io.papi.loadtest.platform.StoreLimit;
import io.papi.loadtest.requests.CustomerRequests;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * One caller asks at twenty times its limits for ids that are in no cache, while another looks
 * popular customers up. The first is refused what is over its limits, and gets the rest; the other
 * must not notice, and the store is asked for no more than the limit.
 */
public final class Flood extends Simulation {
  private static final String PER_SECOND = "per-second";
  private static final String DURATION = "duration";
  private static final String ADMIN_URL = "admin-url";
  private static final String FLOODER_KEY_FILE = "flooder-key-file";
  private static final String FLOODER_REQUESTS = "flooder-requests";
  private static final String FLOODER_STORE_IDS = "flooder-store-ids";

  private static final int TIMES_LIMIT = 20;
  private static final double MIN_SENT = 0.8;

  /** Less than the 180 s that a row stays fresh: none is read ahead, which would count. */
  private static final Duration MAX = Duration.ofMinutes(2);

  private static final Duration FIRST_LOOK = Duration.ofSeconds(5);

  /** In which the flooder has what its limits let it have at once. */
  private static final Duration BURST = Duration.ofSeconds(2);

  /** Between two requests on one connection of the flooder. */
  private static final Duration PACE = Duration.ofMillis(100);

  private final Options options =
      Options.ofSystem(
          PER_SECOND, DURATION, ADMIN_URL, FLOODER_KEY_FILE, FLOODER_REQUESTS, FLOODER_STORE_IDS);
  private final Customers customers = Customers.in(options.ids());
  private final int perSecond = options.whole(PER_SECOND, 300);
  private final Duration duration = atLeast(BURST.multipliedBy(2));
  private final URI admin = options.url(ADMIN_URL, "http://localhost:8002");
  private final ApiKey flooderKey =
      ApiKey.in(options.file(FLOODER_KEY_FILE, "the file with the key of the caller who floods"));
  private final int requests =
      options.whole(FLOODER_REQUESTS, "the requests-per-second of the caller who floods");
  private final int storeIds =
      options.whole(FLOODER_STORE_IDS, "the store-ids-per-second of the caller who floods");

  private final Excess excess = Excess.of(TIMES_LIMIT, requests, storeIds);
  private final StoreReads storeReads =
      new StoreReads(new StoreLimit(storeIds, 2 * excess.ids(), System::nanoTime), admin);
  private final FeederBuilder<Object> hottest = customers.hottest();

  private final ScenarioBuilder firstLook =
      scenario("first look")
          .feed(hottest)
          .exec(CustomerRequests.named("first look at the hottest"));

  private final ScenarioBuilder other =
      scenario("other")
          .feed(customers.popular())
          .exec(storeReads.ofOther(CustomerRequests.ofRecord()));

  private final ScenarioBuilder flooder =
      scenario("flooder")
          .pause(Duration.ZERO, PACE)
          .during(duration)
          .on(pace(PACE).feed(Customers.nobody(excess.ids())).exec(Outcome.ofFlooder()));

  private final ScenarioBuilder store =
      scenario("store").exec(storeReads.during(duration.minus(BURST)));

  {
    int connections = (int) (excess.perSecond() * PACE.toMillis() / 1_000);
    setUp(
            firstLook
                .injectOpen(rampUsers(hottest.recordsCount()).during(FIRST_LOOK))
                .andThen(
                    other.injectOpen(Arrivals.steady(perSecond, duration)),
                    flooder
                        .injectOpen(nothingFor(Arrivals.WARM_UP), atOnceUsers(connections))
                        .protocols(CustomerRequests.protocol(options, flooderKey)),
                    store.injectOpen(nothingFor(Arrivals.WARM_UP.plus(BURST)), atOnceUsers(1))))
        .protocols(CustomerRequests.protocol(options).shareConnections())
        .assertions(assertions());
  }

  private Duration atLeast(Duration min) {
    Duration given = options.duration(DURATION, Duration.ofSeconds(30), MAX);
    if (given.compareTo(min) < 0) {
      throw new IllegalArgumentException("papi.duration is less than " + min.toSeconds() + "s");
    }
    return given;
  }

  private List<Assertion> assertions() {
    double refused = (TIMES_LIMIT - 1) * MIN_SENT * requests * duration.toSeconds();
    double answered = MIN_SENT * storeIds * duration.toSeconds() / excess.ids() - 1;
    return Stream.concat(
            Objective.metBeside(Customers.ANY, Customers.HOT).stream(),
            Stream.of(
                details(Outcome.REFUSED).allRequests().count().gte((long) refused),
                details(StoreLimit.KEPT).allRequests().count().is(1L),
                details(Outcome.ANSWERED).allRequests().count().gte(Math.max(1L, (long) answered))))
        .toList();
  }
}
