package io.papi.loadtest.simulations;

import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import io.gatling.javaapi.core.Assertion;
import io.gatling.javaapi.core.FeederBuilder;
import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.core.Simulation;
import io.papi.loadtest.Options;
import io.papi.loadtest.feeders.Customers;
import io.papi.loadtest.feeders.KnownAddresses;
import io.papi.loadtest.requests.AddressRequests;
import io.papi.loadtest.requests.CustomerRequests;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * A platform that knows customers by their e-mail addresses: popular ones one by one, and lists of
 * 1 to 100 addresses in a body. First it learns the addresses of all customers, by lists of 1,000
 * ids in a body.
 */
public final class Addresses extends Simulation {
  private static final String PER_SECOND = "per-second";
  private static final String LISTS_PER_SECOND = "lists-per-second";
  private static final String DURATION = "duration";
  private static final Duration MAX = Duration.ofHours(1);

  private static final Duration FIRST_LOOK = Duration.ofSeconds(5);
  private static final String ANSWER = "answer";

  private final Options options = Options.ofSystem(PER_SECOND, LISTS_PER_SECOND, DURATION);
  private final Customers customers = Customers.in(options.ids());
  private final int perSecond = options.whole(PER_SECOND, 200);
  private final int listsPerSecond = options.whole(LISTS_PER_SECOND, 10);
  private final Duration duration = options.duration(DURATION, Duration.ofSeconds(30), MAX);

  private final KnownAddresses known = new KnownAddresses();
  private final FeederBuilder<Object> lists = customers.lists();

  private final ScenarioBuilder firstLook =
      scenario("first look").feed(lists).exec(AddressRequests.addresses(ANSWER)).exec(this::learn);

  private final ScenarioBuilder single =
      scenario("single").feed(known.popular(customers)).exec(AddressRequests.ofRecord());

  private final ScenarioBuilder posted =
      scenario("posted").feed(known.batches(customers)).exec(AddressRequests.posted());

  {
    setUp(
            firstLook
                .injectOpen(rampUsers(lists.recordsCount()).during(FIRST_LOOK))
                .andThen(
                    single.injectOpen(Arrivals.steady(perSecond, duration)),
                    posted.injectOpen(Arrivals.steady(listsPerSecond, duration))))
        .protocols(CustomerRequests.protocol(options).shareConnections())
        .assertions(assertions());
  }

  private Session learn(Session session) {
    if (session.contains(ANSWER)) { // else it has failed
      known.add(session.getString(ANSWER));
    }
    return session.remove(ANSWER);
  }

  private static List<Assertion> assertions() {
    return Stream.concat(
            Objective.metBeside(Customers.ANY, Customers.HOT).stream(),
            Objective.metBy(AddressRequests.POSTED).stream())
        .toList();
  }
}
