package io.papi.http;

import io.helidon.http.Method;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.papi.caller.Callers;
import io.papi.http.admission.Admission;
import io.papi.http.dataset.DatasetRoute;
import io.papi.http.dataset.ServedDataset;
import io.papi.http.dataset.ServedKey;
import io.papi.http.exchange.AccessLog;
import io.papi.http.exchange.Admitted;
import io.papi.http.exchange.Cors;
import io.papi.http.exchange.Gate;
import io.papi.http.exchange.Health;
import io.papi.http.exchange.Json;
import io.papi.http.exchange.NotFound;
import io.papi.http.exchange.ProblemWriter;
import io.papi.http.exchange.RequestIds;
import io.papi.http.exchange.RequestTimers;
import io.papi.http.exchange.Route;
import io.papi.http.exchange.RoutePath;
import io.papi.http.exchange.RouteTable;
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
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The routes of the callers' port: the root, the test page, the description, one for each dataset
 * and one for each path of a query.
 */
final class CallerRoutes {
  private final HttpSettings settings;
  private final Callers callers;
  private final Admission admission;
  private final Served served;
  private final Health health;
  private final RequestIds requestIds;
  private final ProblemWriter problems;
  private final MeterRegistry meters;
  private final Ticker ticker;

  CallerRoutes(
      HttpSettings settings,
      Admission admission,
      Served served,
      Health health,
      RequestIds requestIds,
      ProblemWriter problems,
      MeterRegistry meters,
      Ticker ticker) {
    this.settings = settings;
    this.callers = settings.callers();
    this.admission = admission;
    this.served = served;
    this.health = health;
    this.requestIds = requestIds;
    this.problems = problems;
    this.meters = meters;
    this.ticker = ticker;
  }

  RouteTable table() {
    AtomicInteger inflight = new AtomicInteger();
    Gauge.builder("papi.inflight", inflight, AtomicInteger::get)
        .description("Lookups under way")
        .register(meters);
    RouteTable.Builder routes = new RouteTable.Builder();
    for (ServedDataset dataset : served.datasets()) {
      // the path of an alternate key looks like an id of the dataset's own
      for (ServedKey key : dataset.keys().reversed()) {
        addKey(dataset, key, inflight, routes);
      }
    }
    for (ServedQuery query : served.queries()) {
      QueryRoute queryRoute = new QueryRoute(query, callers, inflight, meters, ticker);
      addPaths(query.query(), queryRoute::answer, routes);
    }
    for (ServedStream stream : served.streams()) {
      StreamRoute streamRoute = new StreamRoute(stream, meters);
      addPaths(
          stream.query(),
          (path, request, response, admitted, _) ->
              streamRoute.answer(path, request, response, admitted),
          routes);
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
    Map<String, Page> pages = TestPage.pages(offered, offeredQueries, !callers.isAnybody());
    pages.putAll(DocsPage.pages());
    pages.forEach((path, page) -> at(path, admission.ofCallers(), page, routes));
    Description description =
        new Description(
            served.datasets(),
            served.queries(),
            served.streams(),
            settings.maxIds(),
            settings.maxIdsInBody(),
            !callers.isAnybody());
    at("/openapi.json", admission.ofCallers(), description.json(), routes);
    at("/openapi.yaml", admission.ofCallers(), description.yaml(), routes);
    at("/", admission.ofEverybody(), Page.ofJson(nothingToSee()), routes);
    return routes.build(route("UNKNOWN", admission.ofEverybody(), new NotFound()));
  }

  /** The paths whose POST has a body. */
  static Set<String> pathsOfBodies(Served served) {
    return served.datasets().stream()
        .flatMap(dataset -> dataset.keys().stream())
        .map(ServedKey::path)
        .collect(Collectors.toSet());
  }

  private void addKey(
      ServedDataset dataset, ServedKey key, AtomicInteger inflight, RouteTable.Builder routes) {
    DatasetRoute route =
        new DatasetRoute(
            dataset,
            key,
            settings.maxIds(),
            settings.maxIdsInBody(),
            settings.deadline(),
            callers,
            inflight,
            meters,
            ticker);
    String name = dataset.dataset().name();
    // of both ways to send ids: whoever watches rows watches one path
    String uri = key.path() + "/{ids}";
    Gate gate = admission.ofDataset(name);
    routes.add(
        RoutePath.of(key.path()), shared(name, List.of(Method.POST), uri, gate, route::answerBody));
    routes.add(
        RoutePath.under(key.path() + "/"), shared(name, Route.READ, uri, gate, route::answerPath));
  }

  private void at(String path, Gate gate, Route.Work work, RouteTable.Builder routes) {
    routes.add(RoutePath.of(path), route(path, gate, work));
  }

  /** What answers at each path of a query. */
  @FunctionalInterface
  private interface QueryWork {
    void answer(
        TemplatePath path,
        ServerRequest request,
        ServerResponse response,
        Admitted admitted,
        long start);
  }

  private void addPaths(Query query, QueryWork work, RouteTable.Builder routes) {
    for (PathTemplate template : query.paths()) {
      TemplatePath path = new TemplatePath("", template);
      routes.add(
          path,
          shared(
              query.name(),
              Route.READ,
              template.toString(),
              admission.ofQuery(query.name()),
              (request, response, admitted, start) ->
                  work.answer(path, request, response, admitted, start)));
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

  /**
   * The route of a dataset or query, which pages of other origins may read where its configuration
   * says so. What they ask before has no key.
   */
  private Handler shared(
      String name, List<Method> methods, String uri, Gate gate, Route.Work work) {
    Handler route = route(methods, uri, gate, work);
    List<String> origins = settings.exposure().corsOrigins().getOrDefault(name, List.of());
    if (origins.isEmpty()) {
      return route;
    }
    Route.Work preflight =
        (request, response, _, _) -> Cors.answerPreflight(request, response, methods);
    return new Cors(
        origins, route, route(List.of(Method.OPTIONS), uri, admission.ofEverybody(), preflight));
  }

  private Handler route(String uri, Gate gate, Route.Work work) {
    return route(Route.READ, uri, gate, work);
  }

  private Handler route(List<Method> methods, String uri, Gate gate, Route.Work work) {
    RequestTimers timers = new RequestTimers(meters, uri, callers);
    double sample = settings.accessLogSample();
    Route.Observer observer = sample > 0 ? new AccessLog(sample, uri, callers, timers) : timers;
    return new Route(methods, gate, work, health, requestIds, problems, observer, ticker);
  }
}
