package io.papi.http.exchange;

import io.helidon.http.Headers;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The times of one route's requests, by method and status. Thread-safe.
 *
 * <p>The meters of each pair are registered at its first request: there are few pairs, and empty
 * time series only clutter a dashboard.
 */
public final class RequestTimers implements Route.Observer {
  private static final int STATUSES = 600;

  private final MeterRegistry meters;
  private final String uri;
  private final AtomicReferenceArray<Timer> gets = new AtomicReferenceArray<>(STATUSES);
  private final AtomicReferenceArray<Timer> heads = new AtomicReferenceArray<>(STATUSES);
  private final AtomicReferenceArray<Timer> others = new AtomicReferenceArray<>(STATUSES);

  /**
   * @param uri the route's template, as in {@code /customer/{ids}}
   */
  public RequestTimers(MeterRegistry meters, String uri) {
    this.meters = meters;
    this.uri = uri;
  }

  @Override
  public void answered(
      Method method, Headers headers, Status status, String requestId, long nanos) {
    AtomicReferenceArray<Timer> timers =
        method.equals(Method.GET) ? gets : method.equals(Method.HEAD) ? heads : others;
    Timer timer = timers.get(status.code());
    if (timer == null) {
      // of two at once both get the same
      timer = timer(name(method), status);
      timers.set(status.code(), timer);
    }
    timer.record(nanos, TimeUnit.NANOSECONDS);
  }

  private Timer timer(String method, Status status) {
    return Timer.builder("http.server.requests")
        .description("Requests, from the first header read to the answer handed to the socket")
        .tag("uri", uri)
        .tag("method", method)
        .tag("status", Integer.toString(status.code()))
        .tag("outcome", outcome(status))
        .register(meters);
  }

  /** The name of a method that callers use; all others share one. */
  static String name(Method method) {
    return method.equals(Method.GET) || method.equals(Method.HEAD) ? method.text() : "OTHER";
  }

  private static String outcome(Status status) {
    return switch (status.family()) {
      case INFORMATIONAL -> "INFORMATIONAL";
      case SUCCESSFUL -> "SUCCESS";
      case REDIRECTION -> "REDIRECTION";
      case CLIENT_ERROR -> "CLIENT_ERROR";
      case SERVER_ERROR -> "SERVER_ERROR";
      case OTHER -> "UNKNOWN";
    };
  }
}
