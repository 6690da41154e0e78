package io.papi.http.exchange;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A route that pages of some other origins may read (CORS, in the Fetch standard). It adds headers
 * to the answers of the route and answers the question that a browser asks before (preflight). It
 * refuses nothing: a browser gives an answer without these headers to no other page. Thread-safe.
 */
public final class Cors implements Handler {
  private static final String ANY = "*";

  /** What callers send, beyond what every page may. */
  private static final String REQUEST_HEADERS =
      "Accept, Authorization, Cache-Control, Content-Type, If-Match, If-None-Match, Traceparent,"
          + " X-API-Key, X-Request-Id";

  /** What pages may read, beyond what they always may. */
  private static final String ANSWER_HEADERS =
      "Age, Cache-Status, Content-Disposition, ETag, Retry-After, Server-Timing, Traceparent,"
          + " WWW-Authenticate, X-Papi-Defaulted, X-Papi-Defaulted-Unavailable, X-Request-Id";

  /** Seconds for which a browser may keep what it was told: no browser takes more. */
  private static final String MAX_AGE = "7200";

  private static final Header VARY = HeaderValues.createCached(HeaderNames.VARY, "Origin");

  private final Handler route;
  private final Handler preflight;

  /** By origin, the headers of an answer. */
  private final Map<String, JoinedHeaders> allowed = new HashMap<>();

  private final Optional<JoinedHeaders> allowedToAny;

  /**
   * @param origins as browsers write them, or {@code *} alone
   * @param preflight answers the question before, by {@link #answerPreflight}
   */
  public Cors(List<String> origins, Handler route, Handler preflight) {
    this.route = route;
    this.preflight = preflight;
    for (String origin : origins) {
      allowed.put(origin, headers(origin));
    }
    this.allowedToAny = Optional.ofNullable(allowed.get(ANY));
  }

  private static JoinedHeaders headers(String origin) {
    return JoinedHeaders.of(HeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, origin)
        .and(HeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS, ANSWER_HEADERS)
        .constant();
  }

  @Override
  public void handle(ServerRequest request, ServerResponse response) throws Exception {
    Headers headers = request.headers();
    if (allowedToAny.isEmpty()) {
      response.headers().set(VARY);
    }
    Optional<JoinedHeaders> granted =
        headers.contains(HeaderNames.ORIGIN)
            ? allowedToAny.or(
                () -> Optional.ofNullable(allowed.get(headers.get(HeaderNames.ORIGIN).get())))
            : Optional.empty();
    granted.ifPresent(grant -> grant.addTo(response.headers()));
    boolean isPreflight =
        request.prologue().method().equals(Method.OPTIONS)
            && headers.contains(HeaderNames.ACCESS_CONTROL_REQUEST_METHOD);
    (granted.isPresent() && isPreflight ? preflight : route).handle(request, response);
  }

  /**
   * The work of the route that answers what an allowed origin asks before.
   *
   * @param methods of the route that it asks for
   */
  public static void answerPreflight(
      ServerRequest request, ServerResponse response, List<Method> methods) {
    response.status(Status.NO_CONTENT_204);
    response.header(HeaderNames.ACCESS_CONTROL_ALLOW_METHODS, Route.names(methods, ", "));
    response.header(HeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, REQUEST_HEADERS);
    response.header(HeaderNames.ACCESS_CONTROL_MAX_AGE, MAX_AGE);
    CallerConnection.of(request).sendHead(response);
  }
}
