package io.papi.http.exchange;

import io.helidon.http.Header;
import io.helidon.http.Headers;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.papi.caller.Caller;
import io.papi.caller.Callers;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Logs a random sample of a route's requests, one line each. It names the route and never the ids.
 * Thread-safe.
 */
public final class AccessLog implements Route.Observer {
  private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);
  private static final double NANOS_PER_MILLI = 1e6;

  private final double sample;
  private final String uri;
  private final Callers callers;
  private final Route.Observer next;

  /**
   * @param sample the share of requests, 0 to 1
   * @param uri the route's template, as in {@code /customer/{ids}}
   */
  public AccessLog(double sample, String uri, Callers callers, Route.Observer next) {
    this.sample = sample;
    this.uri = uri;
    this.callers = callers;
    this.next = next;
  }

  @Override
  public void answered(
      Caller caller, Method method, Headers headers, Status status, String requestId, long nanos) {
    next.answered(caller, method, headers, status, requestId, nanos);
    if (ThreadLocalRandom.current().nextDouble() < sample) {
      write(
          caller,
          RequestTimers.name(method),
          headers,
          status.code(),
          requestId,
          nanos / NANOS_PER_MILLI);
    }
  }

  private void write(
      Caller caller, String method, Headers headers, int status, String requestId, double millis) {
    LoggingEventBuilder event =
        LOG.atInfo()
            .addKeyValue("http.request.method", method)
            .addKeyValue("http.route", uri)
            .addKeyValue("http.response.status_code", status)
            .addKeyValue("duration_ms", millis)
            .addKeyValue("request_id", requestId);
    String by = "";
    if (!callers.isAnybody()) {
      event = event.addKeyValue("caller", caller.name());
      by = ", caller " + caller.name();
    }
    Optional<Header> parent = TraceParent.of(headers);
    if (parent.isPresent()) {
      event = event.addKeyValue("trace_id", TraceParent.traceId(parent.get()));
    }
    event.log("{} {} {} in {} ms, request {}{}", method, uri, status, millis, requestId, by);
  }
}
