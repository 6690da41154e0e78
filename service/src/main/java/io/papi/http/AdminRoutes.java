package io.papi.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** What operators and probes ask: {@code /health/live}, {@code /health/ready}, {@code /metrics}. */
final class AdminRoutes implements HttpService {
  private static final Header JSON =
      HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/json");
  private static final Header METRICS =
      HeaderValues.createCached(
          HeaderNames.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");
  private static final Header NO_STORE =
      HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-store");

  private final Health health;
  private final Supplier<String> metrics;
  private final JsonFactory jsonFactory = new JsonFactory();

  /**
   * @param metrics all meters in Prometheus' text format
   */
  AdminRoutes(Health health, Supplier<String> metrics) {
    this.health = health;
    this.metrics = metrics;
  }

  @Override
  public void routing(HttpRules rules) {
    rules.get("/health/live", this::live);
    rules.get("/health/ready", this::ready);
    rules.get("/metrics", this::metrics);
  }

  private void live(ServerRequest request, ServerResponse response) {
    send(response, Status.OK_200, "live", Map.of());
  }

  private void ready(ServerRequest request, ServerResponse response) {
    Map<String, Boolean> parts = health.parts();
    switch (health.stage()) {
      case STARTING -> send(response, Status.SERVICE_UNAVAILABLE_503, "starting", parts);
      case READY ->
          send(response, Status.OK_200, parts.containsValue(false) ? "degraded" : "ready", parts);
      case DRAINING -> send(response, Status.SERVICE_UNAVAILABLE_503, "draining", parts);
    }
  }

  private void metrics(ServerRequest request, ServerResponse response) {
    response.header(METRICS).header(NO_STORE).send(metrics.get());
  }

  private void send(
      ServerResponse response, Status status, String state, Map<String, Boolean> parts) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try (JsonGenerator json = jsonFactory.createGenerator(ObjectWriteContext.empty(), body)) {
      json.writeStartObject();
      json.writeStringProperty("status", state);
      parts.forEach((name, isUp) -> json.writeStringProperty(name, isUp ? "up" : "down"));
      json.writeEndObject();
    }
    response.status(status).header(JSON).header(NO_STORE).send(body.toByteArray());
  }
}
