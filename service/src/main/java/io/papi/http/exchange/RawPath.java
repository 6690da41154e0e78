package io.papi.http.exchange;

import io.helidon.common.uri.UriPath;
import io.helidon.http.PathMatcher;
import io.helidon.http.PathMatchers;
import io.helidon.http.PathMatchers.MatchResult;
import io.helidon.http.PathMatchers.PrefixMatchResult;

/**
 * Finds a route by the path as it was sent. The server's own matchers first decode it, drop
 * parameters and fold {@code //}: then a path has many spellings, and a proxy's rules know only
 * one. Immutable.
 *
 * @param path all of it, or its beginning
 * @param whole whether it is all of it
 */
public record RawPath(String path, boolean whole) implements PathMatcher {
  private static final PathMatcher ANY = PathMatchers.any();

  public static RawPath of(String path) {
    return new RawPath(path, true);
  }

  /** All paths that begin with {@code prefix}. */
  public static RawPath under(String prefix) {
    return new RawPath(prefix, false);
  }

  @Override
  public MatchResult match(UriPath uriPath) {
    String raw = uriPath.rawPath();
    boolean matches = whole ? raw.equals(path) : raw.startsWith(path);
    return matches ? ANY.match(uriPath) : MatchResult.notAccepted();
  }

  @Override
  public PrefixMatchResult prefixMatch(UriPath uriPath) {
    throw new UnsupportedOperationException("a route has no routes under it");
  }
}
