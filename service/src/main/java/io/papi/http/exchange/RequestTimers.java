package io.papi.http.exchange;

import io.helidon.http.Headers;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.papi.caller.Caller;
import io.papi.caller.Callers;
import io.papi.caller.PerCaller;
import io.papi.reporting.CallerTag;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The times of one route's requests, by caller, method and status. Thread-safe.
 *
 * <p>The meters of each are registered at its first request: there are few, and empty time series
 * only clutter a dashboard.
 */
public final class RequestTimers implements Route.Observer {
  private static final int STATUSES = 600;
  private static final Set<Method> KNOWN = Set.of(Method.GET, Method.HEAD, Method.POST);

  private final MeterRegistry meters;
  private final String uri;
  private final PerCaller<ByMethod> byCaller;

  /** Of one caller, by status. */
  private record ByMethod(
      Tags caller,
      AtomicReferenceArray<Timer> gets,
      AtomicReferenceArray<Timer> heads,
      AtomicReferenceArray<Timer> posts,
      AtomicReferenceArray<Timer> others) {

    ByMethod(Tags caller) {
      this(
          caller,
          new AtomicReferenceArray<>(STATUSES),
          new AtomicReferenceArray<>(STATUSES),
          new AtomicReferenceArray<>(STATUSES),
          new AtomicReferenceArray<>(STATUSES));
    }

    AtomicReferenceArray<Timer> of(Method method) {
      return method.equals(Method.GET)
          ? gets
          : method.equals(Method.HEAD) ? heads : method.equals(Method.POST) ? posts : others;
    }
  }

  /**
   * @param uri the route's template, as in {@code /customer/{ids}}
   */
  public RequestTimers(MeterRegistry meters, String uri, Callers callers) {
    this.meters = meters;
    this.uri = uri;
    this.byCaller = new PerCaller<>(callers, each -> new ByMethod(CallerTag.of(callers, each)));
  }

  @Override
  public void answered(
      Caller caller, Method method, Headers headers, Status status, String requestId, long nanos) {
    ByMethod own = byCaller.of(caller);
    AtomicReferenceArray<Timer> timers = own.of(method);
    Timer timer = timers.get(status.code());
    if (timer == null) {
      // of two at once both get the same
      timer = timer(own.caller(), name(method), status);
      timers.set(status.code(), timer);
    }
    timer.record(nanos, TimeUnit.NANOSECONDS);
  }

  private Timer timer(Tags caller, String method, Status status) {
    return Timer.builder("http.server.requests")
        .description("Requests, from the first header read to the answer handed to the socket")
        .tag("uri", uri)
        .tag("method", method)
        .tag("status", Integer.toString(status.code()))
        .tag("outcome", outcome(status))
        .tags(caller)
        .register(meters);
  }

  /** The name of a method that callers use; all others share one. */
  static String name(Method method) {
    return KNOWN.contains(method) ? method.text() : "OTHER";
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
