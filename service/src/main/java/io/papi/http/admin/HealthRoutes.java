package io.papi.http.admin;

import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.papi.http.exchange.Admitted;
import io.papi.http.exchange.Health;
import io.papi.http.exchange.Json;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** {@code GET /health/live} and {@code GET /health/ready}, for whoever runs the process. */
public final class HealthRoutes {
  private final Health health;
  private final BooleanSupplier accepting;

  /**
   * @param accepting whether all ports accept connections
   */
  public HealthRoutes(Health health, BooleanSupplier accepting) {
    this.health = health;
    this.accepting = accepting;
  }

  /** Whether the process is of any use: one that is not is started again. */
  public void live(ServerRequest request, ServerResponse response, Admitted admitted, long start) {
    if (accepting.getAsBoolean()) {
      send(request, response, Status.OK_200, "live", Map.of());
    } else {
      send(request, response, Status.SERVICE_UNAVAILABLE_503, "not accepting", Map.of());
    }
  }

  /** Whether it should get requests, and which of its parts are up. */
  public void ready(ServerRequest request, ServerResponse response, Admitted admitted, long start) {
    Map<String, Boolean> parts = health.parts();
    switch (health.stage()) {
      case STARTING -> send(request, response, Status.SERVICE_UNAVAILABLE_503, "starting", parts);
      case READY -> {
        if (health.isRefused()) {
          send(request, response, Status.SERVICE_UNAVAILABLE_503, "refused", parts);
        } else {
          String state = parts.containsValue(false) ? "degraded" : "ready";
          send(request, response, Status.OK_200, state, parts);
        }
      }
      case DRAINING -> send(request, response, Status.SERVICE_UNAVAILABLE_503, "draining", parts);
    }
  }

  private static void send(
      ServerRequest request,
      ServerResponse response,
      Status status,
      String state,
      Map<String, Boolean> parts) {
    Json.sendObject(
        request,
        response,
        status,
        json -> {
          json.writeStringProperty("status", state);
          parts.forEach((name, isUp) -> json.writeStringProperty(name, isUp ? "up" : "down"));
        });
  }
}
