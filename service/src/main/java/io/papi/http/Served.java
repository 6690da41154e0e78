package io.papi.http;

import io.papi.http.dataset.ServedDataset;
import io.papi.http.query.ServedQuery;
import java.util.List;

/** All that the server has paths for. */
public record Served(List<ServedDataset> datasets, List<ServedQuery> queries) {

  public Served {
    datasets = List.copyOf(datasets);
    queries = List.copyOf(queries);
  }
}
