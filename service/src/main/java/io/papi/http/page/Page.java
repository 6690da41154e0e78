package io.papi.http.page;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.papi.http.exchange.Admitted;
import io.papi.http.exchange.Body;
import io.papi.http.exchange.Preconditions;
import io.papi.http.exchange.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Supplier;

/** A page that is always there: a file of this package, or a short document. Thread-safe. */
public final class Page implements Route.Work {
  private static final Header CONTENT_SECURITY_POLICY =
      HeaderValues.createCached(
          HeaderNames.create("Content-Security-Policy"),
          "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
              + " img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
  private static final Header NO_CACHE =
      HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-cache");

  private final List<Header> headers;
  private final Supplier<Body> body;

  private Page(String contentType, Supplier<Body> body) {
    this.headers =
        List.of(
            HeaderValues.createCached(HeaderNames.CONTENT_TYPE, contentType),
            CONTENT_SECURITY_POLICY,
            NO_CACHE);
    this.body = body;
  }

  public static Page ofJson(byte[] document) {
    Body body = Body.of(document);
    return ofJson(() -> body);
  }

  /** A document that is made anew for each request. */
  static Page ofJson(Supplier<Body> document) {
    return new Page("application/json", document);
  }

  /** The file {@code name}, a path from this class's place. */
  static Page ofFile(String contentType, String name) {
    try (InputStream file = Page.class.getResourceAsStream(name)) {
      if (file == null) {
        throw new IllegalStateException("the service was built without " + name);
      }
      Body body = Body.of(file.readAllBytes());
      return new Page(contentType, () -> body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void answer(
      ServerRequest request, ServerResponse response, Admitted admitted, long start) {
    boolean unchanged = Preconditions.isUnchanged(request.headers(), Preconditions.NO_TAG);
    headers.forEach(response::header);
    if (unchanged) {
      Body.sendUnchanged(request, response);
    } else {
      Body.send(request, response, body.get());
    }
  }
}
