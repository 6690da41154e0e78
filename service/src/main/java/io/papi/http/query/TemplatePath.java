package io.papi.http.query;

import io.helidon.webserver.http.ServerRequest;
import io.papi.http.exchange.RoutePath;
import io.papi.query.PathTemplate;
import java.util.List;

/**
 * The paths of a query's route. Immutable.
 *
 * @param prefix what stands before the template
 */
public record TemplatePath(String prefix, PathTemplate template) implements RoutePath {

  /** The values of the template's parameters in a request that it matches, as they were sent. */
  List<String> values(ServerRequest request) {
    String rawPath = request.prologue().uriPath().rawPath();
    return template
        .match(rawPath.substring(prefix.length()))
        .orElseThrow(() -> new IllegalStateException("another path was routed to " + template));
  }

  @Override
  public String first() {
    return RoutePath.first(prefix + template);
  }

  @Override
  public boolean matches(String rawPath) {
    return rawPath.startsWith(prefix) && template.matches(rawPath, prefix.length());
  }
}
