package io.papi.http.connection;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.http.Method;
import io.helidon.http.RequestException;
import io.helidon.webserver.http.DirectTransportRequest;
import io.papi.http.exchange.Refusal;
import java.util.Locale;
import java.util.Set;

/**
 * Refuses what a page of another site could have a browser ask. Callers that are no browsers are
 * never refused. Thread-safe.
 *
 * <p>A page may lead its own name to this service, once it is loaded (DNS rebinding): to the
 * browser this service is then the page's own site, and the name is all that gives it away. Such a
 * request by plain HTTP has neither an {@code Origin} nor {@code Sec-Fetch-Site}, which browsers
 * send to trustworthy addresses alone; so whoever says that it is a browser counts as one.
 */
public final class BrowserGuard {
  private static final HeaderName SEC_FETCH_SITE = HeaderNames.create("Sec-Fetch-Site");
  private static final String BROWSER = "Mozilla/";
  private static final Set<Method> HARMLESS = Set.of(Method.GET, Method.HEAD, Method.OPTIONS);

  /** What a browser says of a request of the same site, and of one that its user has typed. */
  private static final Set<String> OWN_SITE = Set.of("same-origin", "none");

  private final OwnNames names;
  private final boolean changes;

  /**
   * @param changes whether requests of other sites are refused that are to change something,
   *     whatever host they name
   */
  public BrowserGuard(OwnNames names, boolean changes) {
    this.names = names;
    this.changes = changes;
  }

  /**
   * @throws RequestException 421 or 403, which closes the connection
   */
  void check(HttpPrologue prologue, Headers headers) {
    boolean hasOrigin = headers.contains(HeaderNames.ORIGIN);
    boolean hasSite = headers.contains(SEC_FETCH_SITE);
    if (!hasOrigin && !hasSite && !value(headers, HeaderNames.USER_AGENT).startsWith(BROWSER)) {
      return;
    }
    String host = value(headers, HeaderNames.HOST);
    if (!names.contains(host)) {
      throw Refusal.FOREIGN_HOST.of(DirectTransportRequest.create(prologue, headers));
    }
    if (changes && !HARMLESS.contains(prologue.method())) {
      boolean isOwn =
          hasOrigin
              ? isOf(host, value(headers, HeaderNames.ORIGIN))
              : !hasSite || OWN_SITE.contains(value(headers, SEC_FETCH_SITE));
      if (!isOwn) {
        throw Refusal.FOREIGN_SITE.of(DirectTransportRequest.create(prologue, headers));
      }
    }
  }

  /** Whether a page of {@code origin} has come from {@code host}, by http or https. */
  private static boolean isOf(String host, String origin) {
    int authority = origin.indexOf("://");
    return authority > 0
        && origin
            .substring(authority + 3)
            .toLowerCase(Locale.ROOT)
            .equals(host.toLowerCase(Locale.ROOT));
  }

  private static String value(Headers headers, HeaderName name) {
    return headers.contains(name) ? headers.get(name).get() : "";
  }
}
