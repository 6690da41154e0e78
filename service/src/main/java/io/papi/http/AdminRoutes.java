package io.papi.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.papi.lookup.Ticker;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The routes of the operators' socket: {@code /health/live}, {@code /health/ready}, {@code
 * /metrics}, the page {@code /status}, and {@code DELETE /cache/<dataset>/<ids>}.
 */
final class AdminRoutes {
  private static final Header JSON =
      HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/json");
  private static final Header METRICS =
      HeaderValues.createCached(
          HeaderNames.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");
  private static final Header NO_STORE =
      HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-store");

  private final HttpSettings settings;
  private final List<ServedDataset> datasets;
  private final Health health;
  private final BooleanSupplier accepting;
  private final Supplier<String> metrics;
  private final RequestIds requestIds;
  private final ProblemWriter problems;
  private final Ticker ticker;
  private final JsonFactory jsonFactory = new JsonFactory();

  /**
   * @param accepting whether both ports accept connections
   * @param metrics all meters in Prometheus' text format
   */
  AdminRoutes(
      HttpSettings settings,
      List<ServedDataset> datasets,
      Health health,
      BooleanSupplier accepting,
      Supplier<String> metrics,
      RequestIds requestIds,
      ProblemWriter problems,
      Ticker ticker) {
    this.settings = settings;
    this.datasets = List.copyOf(datasets);
    this.health = health;
    this.accepting = accepting;
    this.metrics = metrics;
    this.requestIds = requestIds;
    this.problems = problems;
    this.ticker = ticker;
  }

  HttpRouting.Builder routing() {
    HttpRouting.Builder routing = HttpRouting.builder();
    at(RawPath.of("/health/live"), Route.READ, this::live, routing);
    at(RawPath.of("/health/ready"), Route.READ, this::ready, routing);
    at(RawPath.of("/metrics"), Route.READ, this::metrics, routing);
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
    for (ServedDataset served : datasets) {
      at(
          RawPath.under(EraseRoute.prefix(served.dataset().name())),
          List.of(Method.DELETE),
          new EraseRoute(served, settings.maxIds()),
          routing);
    }
    at(RawPath.under("/cache/"), List.of(Method.DELETE), new NotFound(), routing);
    routing.any(route(Route.READ, new NotFound()));
    return routing;
  }

  private void at(
      RawPath path, List<Method> methods, Route.Work work, HttpRouting.Builder routing) {
    routing.route(Method.predicate(), path, route(methods, work));
  }

  /** A route whose times are not kept: it is asked by machines that have clocks of their own. */
  private Route route(List<Method> methods, Route.Work work) {
    return new Route(methods, work, health, requestIds, problems, (_, _, _, _, _) -> {}, ticker);
  }

  private void live(ServerRequest request, ServerResponse response, long start) {
    if (accepting.getAsBoolean()) {
      send(request, response, Status.OK_200, "live", Map.of());
    } else {
      send(request, response, Status.SERVICE_UNAVAILABLE_503, "not accepting", Map.of());
    }
  }

  private void ready(ServerRequest request, ServerResponse response, long start) {
    Map<String, Boolean> parts = health.parts();
    switch (health.stage()) {
      case STARTING -> send(request, response, Status.SERVICE_UNAVAILABLE_503, "starting", parts);
      case READY -> {
        String state = parts.containsValue(false) ? "degraded" : "ready";
        send(request, response, Status.OK_200, state, parts);
      }
      case DRAINING -> send(request, response, Status.SERVICE_UNAVAILABLE_503, "draining", parts);
    }
  }

  private void metrics(ServerRequest request, ServerResponse response, long start) {
    response.header(METRICS).header(NO_STORE);
    Body.send(request, response, Body.of(metrics.get().getBytes(StandardCharsets.UTF_8)));
  }

  private void send(
      ServerRequest request,
      ServerResponse response,
      Status status,
      String state,
      Map<String, Boolean> parts) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try (JsonGenerator json = jsonFactory.createGenerator(ObjectWriteContext.empty(), body)) {
      json.writeStartObject();
      json.writeStringProperty("status", state);
      parts.forEach((name, isUp) -> json.writeStringProperty(name, isUp ? "up" : "down"));
      json.writeEndObject();
    }
    response.status(status).header(JSON).header(NO_STORE);
    Body.send(request, response, Body.of(body.toByteArray()));
  }
}
