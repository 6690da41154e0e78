package io.papi.http;

import io.helidon.http.Method;
import io.helidon.http.PathMatcher;
import io.helidon.webserver.http.HttpRouting;
import io.papi.caller.Caller;
import io.papi.http.admin.HealthRoutes;
import io.papi.http.admin.InvalidationRoute;
import io.papi.http.admin.MetricsHistory;
import io.papi.http.admin.MetricsRoute;
import io.papi.http.admission.OperatorGate;
import io.papi.http.dataset.ServedDataset;
import io.papi.http.dataset.ServedKey;
import io.papi.http.exchange.Gate;
import io.papi.http.exchange.Health;
import io.papi.http.exchange.NotFound;
import io.papi.http.exchange.ProblemWriter;
import io.papi.http.exchange.RawPath;
import io.papi.http.exchange.RequestIds;
import io.papi.http.exchange.Route;
import io.papi.http.page.WebPage;
import io.papi.http.query.ServedQuery;
import io.papi.http.query.TemplatePath;
import io.papi.lookup.Ticker;
import io.papi.query.PathTemplate;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The routes of the operators' port: {@code /health/live}, {@code /health/ready}, {@code /metrics},
 * the page {@code /status}, and {@code DELETE /cache/…} for the ids of a dataset or the parameters
 * of a query.
 */
final class AdminRoutes {
  private final HttpSettings settings;
  private final Served served;
  private final Health health;
  private final BooleanSupplier accepting;
  private final Supplier<String> metrics;
  private final MetricsHistory history;
  private final RequestIds requestIds;
  private final ProblemWriter problems;
  private final Ticker ticker;
  private final Gate open;
  private final Gate operatorsOnly;

  /**
   * @param accepting whether both ports accept connections
   * @param metrics all meters in Prometheus' text format
   * @param history what they were
   */
  AdminRoutes(
      HttpSettings settings,
      Served served,
      Health health,
      BooleanSupplier accepting,
      Supplier<String> metrics,
      MetricsHistory history,
      RequestIds requestIds,
      ProblemWriter problems,
      Ticker ticker) {
    this.settings = settings;
    this.served = served;
    this.health = health;
    this.accepting = accepting;
    this.metrics = metrics;
    this.history = history;
    this.requestIds = requestIds;
    this.problems = problems;
    this.ticker = ticker;
    Caller operator = settings.callers().unnamed();
    this.open = Gate.open(operator);
    this.operatorsOnly = new OperatorGate(settings.exposure().adminKeys(), operator);
  }

  HttpRouting.Builder routing() {
    HttpRouting.Builder routing = HttpRouting.builder();
    HealthRoutes healthRoutes = new HealthRoutes(health, accepting);
    read("/health/live", healthRoutes::live, routing);
    read("/health/ready", healthRoutes::ready, routing);
    read("/metrics", new MetricsRoute(metrics), routing);
    read("/status/history.json", history, routing);
    WebPage.pages(
            "status",
            "page.js",
            "exposition.js",
            "reading.js",
            "figures.js",
            "chart.js",
            "text.js",
            "view.js")
        .forEach((path, page) -> read(path, page, routing));
    for (ServedDataset dataset : served.datasets()) {
      // the path of an alternate key looks like an id of the dataset's own
      for (ServedKey key : dataset.keys().reversed()) {
        delete(
            RawPath.under(InvalidationRoute.prefix(key)),
            InvalidationRoute.of(key, settings.maxIds()),
            routing);
      }
    }
    for (ServedQuery query : served.queries()) {
      for (PathTemplate template : query.query().paths()) {
        TemplatePath path = new TemplatePath(InvalidationRoute.CACHE, template);
        delete(path, InvalidationRoute.of(query, path), routing);
      }
    }
    delete(RawPath.under(InvalidationRoute.CACHE + "/"), new NotFound(), routing);
    routing.any(route(Route.READ, open, new NotFound()));
    return routing;
  }

  private void read(String path, Route.Work work, HttpRouting.Builder routing) {
    routing.route(Method.predicate(), RawPath.of(path), route(Route.READ, open, work));
  }

  private void delete(PathMatcher path, Route.Work work, HttpRouting.Builder routing) {
    routing.route(Method.predicate(), path, route(List.of(Method.DELETE), operatorsOnly, work));
  }

  /** A route that is not timed: the machines that ask it measure for themselves. */
  private Route route(List<Method> methods, Gate gate, Route.Work work) {
    return new Route(
        methods, gate, work, health, requestIds, problems, (_, _, _, _, _, _) -> {}, ticker);
  }
}
