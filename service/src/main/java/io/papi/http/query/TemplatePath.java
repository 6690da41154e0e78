package io.papi.http.query;

import io.helidon.common.uri.UriPath;
import io.helidon.http.PathMatcher;
import io.helidon.http.PathMatchers;
import io.helidon.http.PathMatchers.MatchResult;
import io.helidon.http.PathMatchers.PrefixMatchResult;
import io.helidon.webserver.http.ServerRequest;
import io.papi.query.PathTemplate;
import java.util.List;
import java.util.Optional;

/**
 * Finds a query's route by the path as it was sent. Immutable.
 *
 * @param prefix what stands before it
 */
public record TemplatePath(String prefix, PathTemplate template) implements PathMatcher {
  private static final PathMatcher ANY = PathMatchers.any();

  /** The values of the template's parameters in a request that it matches, as they were sent. */
  List<String> values(ServerRequest request) {
    return match(request.prologue().uriPath().rawPath())
        .orElseThrow(() -> new IllegalStateException("another path was routed to " + template));
  }

  private Optional<List<String>> match(String rawPath) {
    return rawPath.startsWith(prefix)
        ? template.match(rawPath.substring(prefix.length()))
        : Optional.empty();
  }

  @Override
  public MatchResult match(UriPath uriPath) {
    return match(uriPath.rawPath()).isPresent() ? ANY.match(uriPath) : MatchResult.notAccepted();
  }

  @Override
  public PrefixMatchResult prefixMatch(UriPath uriPath) {
    throw new UnsupportedOperationException("a route has no routes under it");
  }
}
