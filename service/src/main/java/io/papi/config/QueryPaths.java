package io.papi.config;

import io.papi.dataset.Dataset;
import io.papi.query.PathTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The paths of the callers' port that are taken. For one use by one thread. */
final class QueryPaths {
  private final Set<String> datasets;
  private final List<Taken> taken = new ArrayList<>();

  private record Taken(String query, PathTemplate path) {}

  /**
   * @param datasets what they have below their names is theirs
   */
  QueryPaths(List<Dataset> datasets) {
    this.datasets = datasets.stream().map(Dataset::name).collect(Collectors.toSet());
  }

  /** Makes a path {@code query}'s; or says whose it is already. */
  Optional<String> take(String query, PathTemplate path) {
    Optional<String> first = path.first();
    if (first.isEmpty()) {
      return Optional.of("every dataset: its first part cannot be a parameter");
    }
    if (DatasetReader.TAKEN.contains(first.get())) {
      return Optional.of("the service itself: /" + first.get() + " is taken");
    }
    if (datasets.contains(first.get())) {
      return Optional.of("the dataset " + first.get());
    }
    for (Taken other : taken) {
      if (other.path().overlaps(path)) {
        return Optional.of("the query " + other.query() + " too, as " + other.path());
      }
    }
    taken.add(new Taken(query, path));
    return Optional.empty();
  }
}
