package io.papi.http;

import static java.util.Objects.requireNonNull;

import io.papi.caller.Callers;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * The settings of the HTTP server.
 *
 * @param port the callers' port; 0 takes a free one
 * @param adminPort the port of health and metrics; 0 takes a free one
 * @param ingressPort the port at which the container service's users are believed, if there is one;
 *     0 takes a free one
 * @param maxIds how many ids a request may have in its path
 * @param maxIdsInBody how many it may have in its body
 * @param bodyBytes what the bodies of requests may take together
 * @param maxConnections how many connections callers may have open
 * @param storeConnections how many connections to the store there may be: descriptors are kept free
 *     for them
 * @param deadline the longest that a caller waits for an answer
 * @param accessLogSample the share of requests that the access log shows, 0 to 1
 * @param callers who may call
 * @param exposure to whom both ports are open
 */
public record HttpSettings(
    int port,
    int adminPort,
    OptionalInt ingressPort,
    int maxIds,
    int maxIdsInBody,
    long bodyBytes,
    int maxConnections,
    int storeConnections,
    Duration deadline,
    double accessLogSample,
    Callers callers,
    Exposure exposure) {

  public HttpSettings {
    requireNonNull(deadline, "deadline is null");
    requireNonNull(callers, "callers is null");
    requireNonNull(exposure, "exposure is null");
    if (maxIds < 1 || maxIdsInBody < 1 || maxConnections < 1) {
      throw new IllegalArgumentException(
          "less than 1: maxIds %d, maxIdsInBody %d, maxConnections %d"
              .formatted(maxIds, maxIdsInBody, maxConnections));
    }
    if (accessLogSample < 0 || accessLogSample > 1) {
      throw new IllegalArgumentException("not 0 to 1: accessLogSample " + accessLogSample);
    }
  }
}
