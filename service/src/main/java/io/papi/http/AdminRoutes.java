package io.papi.http;

import io.helidon.http.Method;
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
import io.papi.http.exchange.RequestIds;
import io.papi.http.exchange.Route;
import io.papi.http.exchange.RoutePath;
import io.papi.http.exchange.RouteTable;
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

  RouteTable table() {
    RouteTable.Builder routes = new RouteTable.Builder();
    HealthRoutes healthRoutes = new HealthRoutes(health, accepting);
    read("/health/live", healthRoutes::live, routes);
    read("/health/ready", healthRoutes::ready, routes);
    read("/metrics", new MetricsRoute(metrics), routes);
    read("/status/history.json", history, routes);
    WebPage.pages(
            "status",
            "page.js",
            "exposition.js",
            "reading.js",
            "figures.js",
            "chart.js",
            "text.js",
            "view.js")
        .forEach((path, page) -> read(path, page, routes));
    for (ServedDataset dataset : served.datasets()) {
      // the path of an alternate key looks like an id of the dataset's own
      for (ServedKey key : dataset.keys().reversed()) {
        delete(
            RoutePath.under(InvalidationRoute.prefix(key)),
            InvalidationRoute.of(key, settings.maxIds()),
            routes);
      }
    }
    for (ServedQuery query : served.queries()) {
      for (PathTemplate template : query.query().paths()) {
        TemplatePath path = new TemplatePath(InvalidationRoute.CACHE, template);
        delete(path, InvalidationRoute.of(query, path), routes);
      }
    }
    delete(RoutePath.under(InvalidationRoute.CACHE + "/"), new NotFound(), routes);
    return routes.build(route(Route.READ, open, new NotFound()));
  }

  private void read(String path, Route.Work work, RouteTable.Builder routes) {
    routes.add(RoutePath.of(path), route(Route.READ, open, work));
  }

  private void delete(RoutePath path, Route.Work work, RouteTable.Builder routes) {
    routes.add(path, route(List.of(Method.DELETE), operatorsOnly, work));
  }

  /** A route that is not timed: the machines that ask it measure for themselves. */
  private Route route(List<Method> methods, Gate gate, Route.Work work) {
    return new Route(
        methods, gate, work, health, requestIds, problems, (_, _, _, _, _, _) -> {}, ticker);
  }
}
