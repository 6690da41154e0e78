package io.papi.http;

import io.helidon.webserver.http.HttpRouting;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.papi.dataset.Dataset;
import io.papi.lookup.Lookup;
import io.papi.lookup.Ticker;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The routes of the callers' socket: the root, the test page, and one for each dataset. */
final class CallerRoutes {
  private static final String JSON = "application/json";

  private final HttpSettings settings;
  private final Map<Dataset, Lookup> lookups;
  private final Health health;
  private final RequestIds requestIds;
  private final ProblemWriter problems;
  private final MeterRegistry meters;
  private final Ticker ticker;

  CallerRoutes(
      HttpSettings settings,
      Map<Dataset, Lookup> lookups,
      Health health,
      RequestIds requestIds,
      ProblemWriter problems,
      MeterRegistry meters,
      Ticker ticker) {
    this.settings = settings;
    this.lookups = lookups;
    this.health = health;
    this.requestIds = requestIds;
    this.problems = problems;
    this.meters = meters;
    this.ticker = ticker;
  }

  HttpRouting.Builder routing() {
    AtomicInteger inflight = new AtomicInteger();
    Gauge.builder("papi.inflight", inflight, AtomicInteger::get)
        .description("Lookups under way")
        .register(meters);
    HttpRouting.Builder routing = HttpRouting.builder();
    routing.any("/", route("/", Page.ofText(JSON, "{\"result\":\"Nothing to see here\"}")));
    TestPage.pages(lookups.keySet()).forEach((path, page) -> routing.any(path, route(path, page)));
    lookups.forEach(
        (dataset, lookup) ->
            routing.any(
                "/" + dataset.name() + "/*",
                route(
                    "/" + dataset.name() + "/{ids}",
                    new DatasetRoute(dataset, lookup, settings, inflight, meters, ticker))));
    routing.any(
        route(
            "UNKNOWN",
            (_, _, _) -> {
              throw new ProblemException(Problem.notFound());
            }));
    return routing;
  }

  private Route route(String uri, Route.Work work) {
    return new Route(work, health, requestIds, problems, new RequestTimers(meters, uri), ticker);
  }
}
