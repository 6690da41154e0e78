package io.papi.http.query;

import static java.util.Objects.requireNonNull;

import io.papi.query.Query;
import io.papi.query.RowStreams;
import io.papi.query.StreamLimits;

/**
 * A streamed query as the server offers it.
 *
 * @param query has the bounds of a stream
 * @param streams what opens them
 */
public record ServedStream(Query query, RowStreams streams) {

  public ServedStream {
    requireNonNull(query, "query is null");
    requireNonNull(streams, "streams is null");
    if (query.stream().isEmpty()) {
      throw new IllegalArgumentException(query.name() + " is not streamed");
    }
  }

  StreamLimits limits() {
    return query.stream().orElseThrow();
  }
}
