package io.papi.http;

import io.papi.http.dataset.ServedDataset;
import io.papi.http.query.ServedQuery;
import io.papi.http.query.ServedStream;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** All that the server has paths for. */
public record Served(
    List<ServedDataset> datasets, List<ServedQuery> queries, List<ServedStream> streams) {

  public Served {
    datasets = List.copyOf(datasets);
    queries = List.copyOf(queries);
    streams = List.copyOf(streams);
  }

  /** The longest that a caller of a query waits; zero without one. */
  Duration longestDeadline() {
    return Stream.concat(
            queries.stream().map(ServedQuery::query), streams.stream().map(ServedStream::query))
        .map(query -> query.limits().deadline())
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }
}
