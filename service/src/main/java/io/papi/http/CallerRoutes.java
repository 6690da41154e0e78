package io.papi.http;

import io.helidon.http.Method;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.papi.http.dataset.DatasetRoute;
import io.papi.http.dataset.ServedDataset;
import io.papi.http.exchange.AccessLog;
import io.papi.http.exchange.Health;
import io.papi.http.exchange.Json;
import io.papi.http.exchange.NotFound;
import io.papi.http.exchange.ProblemWriter;
import io.papi.http.exchange.RawPath;
import io.papi.http.exchange.RequestIds;
import io.papi.http.exchange.RequestTimers;
import io.papi.http.exchange.Route;
import io.papi.http.openapi.Description;
import io.papi.http.page.DocsPage;
import io.papi.http.page.OfferedDataset;
import io.papi.http.page.OfferedQuery;
import io.papi.http.page.Page;
import io.papi.http.page.TestPage;
import io.papi.http.query.QueryRoute;
import io.papi.http.query.ServedQuery;
import io.papi.http.query.ServedStream;
import io.papi.http.query.StreamRoute;
import io.papi.http.query.TemplatePath;
import io.papi.lookup.Ticker;
import io.papi.query.PathTemplate;
import io.papi.query.Query;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The routes of the callers' port: the root, the test page, the description, one for each dataset
 * and one for each path of a query.
 */
final class CallerRoutes {
  private final HttpSettings settings;
  private final Served served;
  private final Health health;
  private final RequestIds requestIds;
  private final ProblemWriter problems;
  private final MeterRegistry meters;
  private final Ticker ticker;

  CallerRoutes(
      HttpSettings settings,
      Served served,
      Health health,
      RequestIds requestIds,
      ProblemWriter problems,
      MeterRegistry meters,
      Ticker ticker) {
    this.settings = settings;
    this.served = served;
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
    // Routes are tried in this order.
    for (ServedDataset dataset : served.datasets()) {
      String name = dataset.dataset().name();
      routing.route(
          Method.predicate(),
          RawPath.under("/" + name + "/"),
          route(
              "/" + name + "/{ids}",
              new DatasetRoute(
                  dataset, settings.maxIds(), settings.deadline(), inflight, meters, ticker)));
    }
    for (ServedQuery query : served.queries()) {
      QueryRoute queryRoute = new QueryRoute(query, inflight, meters, ticker);
      addPaths(query.query(), queryRoute::answer, routing);
    }
    for (ServedStream stream : served.streams()) {
      StreamRoute streamRoute = new StreamRoute(stream, meters);
      addPaths(
          stream.query(),
          (path, request, response, _) -> streamRoute.answer(path, request, response),
          routing);
    }
    List<OfferedDataset> offered =
        served.datasets().stream()
            .map(dataset -> new OfferedDataset(dataset.dataset(), dataset.columns()))
            .toList();
    List<OfferedQuery> offeredQueries =
        Stream.concat(
                served.queries().stream()
                    .map(query -> new OfferedQuery(query.query(), query.columns())),
                served.streams().stream()
                    .map(stream -> new OfferedQuery(stream.query(), stream.streams()::columns)))
            .toList();
    Map<String, Page> pages = TestPage.pages(offered, offeredQueries);
    pages.putAll(DocsPage.pages());
    pages.put("/", Page.ofJson(nothingToSee()));
    pages.forEach((path, page) -> at(path, page, routing));
    Description description =
        new Description(
            served.datasets(), served.queries(), served.streams(), settings.maxIds(), false);
    at("/openapi.json", description.json(), routing);
    at("/openapi.yaml", description.yaml(), routing);
    routing.any(route("UNKNOWN", new NotFound()));
    return routing;
  }

  private void at(String path, Route.Work work, HttpRouting.Builder routing) {
    routing.route(Method.predicate(), RawPath.of(path), route(path, work));
  }

  /** What answers at each path of a query. */
  @FunctionalInterface
  private interface QueryWork {
    void answer(TemplatePath path, ServerRequest request, ServerResponse response, long start);
  }

  private void addPaths(Query query, QueryWork work, HttpRouting.Builder routing) {
    for (PathTemplate template : query.paths()) {
      TemplatePath path = new TemplatePath("", template);
      routing.route(
          Method.predicate(),
          path,
          route(
              template.toString(),
              (request, response, start) -> work.answer(path, request, response, start)));
    }
  }

  /** The published guide's answer at the root. */
  private static byte[] nothingToSee() {
    return Json.bytes(
        json -> {
          json.writeStartObject();
          json.writeStringProperty("result", "Nothing to see here");
          json.writeEndObject();
        });
  }

  private Handler route(String uri, Route.Work work) {
    RequestTimers timers = new RequestTimers(meters, uri);
    double sample = settings.accessLogSample();
    Route.Observer observer = sample > 0 ? new AccessLog(sample, uri, timers) : timers;
    return new Route(Route.READ, work, health, requestIds, problems, observer, ticker);
  }
}
