package io.papi.http.exchange;

import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The routes of a port, found by the path as it was sent. The server's own routing first decodes a
 * path, drops parameters and folds {@code //}: then it has many spellings, and a proxy's rules know
 * only one. And it tries one route after the other; here a request tries those that have its first
 * segment. Immutable.
 */
public final class RouteTable implements Handler {
  private final Map<String, List<Entry>> bySegment;
  private final Handler otherwise;

  private record Entry(RoutePath path, Handler route) {}

  private RouteTable(Map<String, List<Entry>> bySegment, Handler otherwise) {
    this.bySegment = bySegment;
    this.otherwise = otherwise;
  }

  @Override
  public void handle(ServerRequest request, ServerResponse response) throws Exception {
    route(request.prologue().uriPath().rawPath()).handle(request, response);
  }

  /** The route of a path. */
  Handler route(String rawPath) {
    for (Entry entry : bySegment.getOrDefault(RoutePath.first(rawPath), List.of())) {
      if (entry.path().matches(rawPath)) {
        return entry.route();
      }
    }
    return otherwise;
  }

  /** Routes are tried in the order in which they are added. Not thread-safe. */
  public static final class Builder {
    private final Map<String, List<Entry>> bySegment = new HashMap<>();

    public void add(RoutePath path, Handler route) {
      bySegment.computeIfAbsent(path.first(), _ -> new ArrayList<>()).add(new Entry(path, route));
    }

    /** Makes the table; {@code otherwise} answers at all other paths. */
    public RouteTable build(Handler otherwise) {
      Map<String, List<Entry>> copies = HashMap.newHashMap(bySegment.size());
      bySegment.forEach((segment, entries) -> copies.put(segment, List.copyOf(entries)));
      return new RouteTable(copies, otherwise);
    }
  }
}
