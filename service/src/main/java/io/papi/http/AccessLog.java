package io.papi.http;

import io.helidon.http.Header;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.papi.lookup.Ticker;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * A line in the log for some requests of a route, taken at random. It names the route and never the
 * ids. Thread-safe.
 */
final class AccessLog implements Handler {
  private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);
  private static final double NANOS_PER_MILLI = 1e6;

  private final double sample;
  private final String uri;
  private final Handler next;
  private final Ticker ticker;

  /**
   * @param sample the part of the requests, 0 to 1
   * @param uri the route's template, as in {@code /customer/{ids}}
   */
  AccessLog(double sample, String uri, Handler next, Ticker ticker) {
    this.sample = sample;
    this.uri = uri;
    this.next = next;
    this.ticker = ticker;
  }

  @Override
  public void handle(ServerRequest request, ServerResponse response) throws Exception {
    if (ThreadLocalRandom.current().nextDouble() >= sample) {
      next.handle(request, response);
      return;
    }
    long start = ticker.nanos();
    try {
      next.handle(request, response);
    } finally {
      write(request, response, (ticker.nanos() - start) / NANOS_PER_MILLI);
    }
  }

  private void write(ServerRequest request, ServerResponse response, double millis) {
    String method = RequestTimers.name(request.prologue().method());
    int status = response.status().code();
    String requestId = response.headers().get(RequestIds.X_REQUEST_ID).get();
    LoggingEventBuilder event =
        LOG.atInfo()
            .addKeyValue("http.request.method", method)
            .addKeyValue("http.route", uri)
            .addKeyValue("http.response.status_code", status)
            .addKeyValue("duration_ms", millis)
            .addKeyValue("request_id", requestId);
    Optional<Header> parent = TraceParent.of(request.headers());
    if (parent.isPresent()) {
      event = event.addKeyValue("trace_id", TraceParent.traceId(parent.get()));
    }
    event.log("{} {} {} in {} ms, request {}", method, uri, status, millis, requestId);
  }
}
