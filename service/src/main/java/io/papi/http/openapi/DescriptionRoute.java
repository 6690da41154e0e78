package io.papi.http.openapi;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.papi.http.exchange.Admitted;
import io.papi.http.exchange.Body;
import io.papi.http.exchange.Preconditions;
import io.papi.http.exchange.Route;
import io.papi.http.openapi.Description.Written;
import java.util.function.Supplier;

/** Answers with the description in one format. Thread-safe. */
public final class DescriptionRoute implements Route.Work {
  private static final Header NO_CACHE =
      HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-cache");

  private final Header contentType;
  private final Supplier<Written> document;

  DescriptionRoute(String mediaType, Supplier<Written> document) {
    this.contentType = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, mediaType);
    this.document = document;
  }

  @Override
  public void answer(
      ServerRequest request, ServerResponse response, Admitted admitted, long start) {
    Written now = document.get();
    boolean unchanged = Preconditions.isUnchanged(request.headers(), now.entityTag());
    response
        .header(contentType)
        .header(NO_CACHE)
        .header(HeaderValues.create(HeaderNames.ETAG, now.entityTag()));
    if (unchanged) {
      Body.sendUnchanged(request, response);
    } else {
      Body.send(request, response, now.body());
    }
  }
}
