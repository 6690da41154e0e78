package io.papi.http.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.papi.http.exchange.Admitted;
import io.papi.http.exchange.Body;
import io.papi.http.exchange.Json;
import io.papi.http.exchange.Route;
import java.util.function.Supplier;

/** {@code GET /metrics}: all meters, for Prometheus. */
public final class MetricsRoute implements Route.Work {
  private static final Header CONTENT_TYPE =
      HeaderValues.createCached(
          HeaderNames.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");

  private final Supplier<String> metrics;

  /**
   * @param metrics all meters in Prometheus' text format
   */
  public MetricsRoute(Supplier<String> metrics) {
    this.metrics = metrics;
  }

  @Override
  public void answer(
      ServerRequest request, ServerResponse response, Admitted admitted, long start) {
    response.header(CONTENT_TYPE).header(Json.NO_STORE);
    Body.send(request, response, Body.of(metrics.get().getBytes(UTF_8)));
  }
}
