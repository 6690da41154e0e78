package io.papi.http.connection;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.http.RequestException;
import io.helidon.webserver.http.DirectTransportRequest;
import io.papi.http.exchange.Refusal;

/** Checks of a request's head before it is routed, in addition to the server's own. */
final class RequestHead {
  private RequestHead() {}

  /**
   * Refuses a path with dot segments, and a page of another site.
   *
   * @throws RequestException 400, 403 or 421, which closes the connection
   */
  static void check(HttpPrologue prologue, Headers headers, BrowserGuard guard) {
    if (DotSegments.isIn(prologue.uriPath().rawPath())) {
      throw Refusal.DOT_SEGMENT.of(DirectTransportRequest.create(prologue, headers));
    }
    guard.check(prologue, headers);
  }

  /** Whether {@code headers}, of a request or an answer, say that the connection ends with it. */
  static boolean saysClose(Headers headers) {
    return headers.contains(HeaderNames.CONNECTION)
        && headers.containsToken(HeaderValues.CONNECTION_CLOSE);
  }
}
