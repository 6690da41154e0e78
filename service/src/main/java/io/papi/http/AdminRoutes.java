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
  }

  HttpRouting.Builder routing() {
    HttpRouting.Builder routing = HttpRouting.builder();
    HealthRoutes healthRoutes = new HealthRoutes(health, accepting);
    at(RawPath.of("/health/live"), Route.READ, healthRoutes::live, routing);
    at(RawPath.of("/health/ready"), Route.READ, healthRoutes::ready, routing);
    at(RawPath.of("/metrics"), Route.READ, new MetricsRoute(metrics), routing);
    at(RawPath.of("/status/history.json"), Route.READ, history, routing);
    WebPage.pages(
            "status",
            "page.js",
            "exposition.js",
            "reading.js",
            "figures.js",
            "chart.js",
            "text.js",
            "view.js")
        .forEach((path, page) -> at(RawPath.of(path), Route.READ, page, routing));
    for (ServedDataset dataset : served.datasets()) {
      at(
          RawPath.under(InvalidationRoute.prefix(dataset.dataset().name())),
          List.of(Method.DELETE),
          InvalidationRoute.of(dataset, settings.maxIds()),
          routing);
    }
    for (ServedQuery query : served.queries()) {
      for (PathTemplate template : query.query().paths()) {
        TemplatePath path = new TemplatePath(InvalidationRoute.CACHE, template);
        at(path, List.of(Method.DELETE), InvalidationRoute.of(query, path), routing);
      }
    }
    at(
        RawPath.under(InvalidationRoute.CACHE + "/"),
        List.of(Method.DELETE),
        new NotFound(),
        routing);
    routing.any(route(Route.READ, new NotFound()));
    return routing;
  }

  private void at(
      PathMatcher path, List<Method> methods, Route.Work work, HttpRouting.Builder routing) {
    routing.route(Method.predicate(), path, route(methods, work));
  }

  /**
   * A route that is not timed: the machines that ask it measure for themselves. What changes
   * something is for operators alone.
   */
  private Route route(List<Method> methods, Route.Work work) {
    Caller operator = settings.callers().unnamed();
    return new Route(
        methods,
        Route.READ.equals(methods)
            ? Gate.open(operator)
            : new OperatorGate(settings.exposure().adminKeys(), operator),
        work,
        health,
        requestIds,
        problems,
        (_, _, _, _, _, _) -> {},
        ticker);
  }
}
