package io.papi.http.query;

import io.helidon.common.uri.UriPath;
import io.helidon.http.PathMatcher;
import io.helidon.http.PathMatchers;
import io.helidon.http.PathMatchers.MatchResult;
import io.helidon.http.PathMatchers.PrefixMatchResult;
import io.helidon.webserver.http.ServerRequest;
import io.papi.query.PathTemplate;
import java.util.List;

/**
 * Finds a query's route by the path as it was sent. Immutable.
 *
 * @param prefix what stands before it
 */
public record TemplatePath(String prefix, PathTemplate template) implements PathMatcher {
  private static final PathMatcher ANY = PathMatchers.any();

  /** The values of the template's parameters in a request that it matches, as they were sent. */
  List<String> values(ServerRequest request) {
    String rawPath = request.prologue().uriPath().rawPath();
    return template
        .match(rawPath.substring(prefix.length()))
        .orElseThrow(() -> new IllegalStateException("another path was routed to " + template));
  }

  @Override
  public MatchResult match(UriPath uriPath) {
    String rawPath = uriPath.rawPath();
    boolean matches = rawPath.startsWith(prefix) && template.matches(rawPath, prefix.length());
    return matches ? ANY.match(uriPath) : MatchResult.notAccepted();
  }

  @Override
  public PrefixMatchResult prefixMatch(UriPath uriPath) {
    throw new UnsupportedOperationException("a route has no routes under it");
  }
}
