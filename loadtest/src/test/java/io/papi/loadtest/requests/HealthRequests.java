package io.papi.loadtest.requests;

import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.http.HttpRequestActionBuilder;
import java.net.URI;

/** Requests for the service's health and metrics, on its admin socket. */
public final class HealthRequests {
  /** The name of {@link #ready}. */
  public static final String READY = "ready";

  private HealthRequests() {}

  /** Whether the service is ready. */
  public static HttpRequestActionBuilder ready(URI admin) {
    return http(READY)
        .get(admin.resolve("/health/ready").toString())
        // The token is the callers' socket's alone.
        .ignoreProtocolHeaders()
        .check(status().is(200));
  }

  /** The service's metrics. */
  public static HttpRequestActionBuilder metrics(URI admin) {
    return http("metrics")
        .get(admin.resolve("/metrics").toString())
        .ignoreProtocolHeaders()
        .check(status().is(200));
  }
}
