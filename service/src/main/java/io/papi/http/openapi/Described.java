package io.papi.http.openapi;

import io.papi.dataset.Dataset;
import io.papi.http.dataset.ServedDataset;
import io.papi.http.dataset.ServedKey;
import io.papi.http.query.ServedQuery;
import io.papi.http.query.ServedStream;
import io.papi.query.Query;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/**
 * All that is described, by name: the datasets, and the queries, streamed or not. Immutable, but
 * columns may become known at any time.
 */
final class Described {
  private final List<OfDataset> datasets;
  private final List<OfQuery> queries;

  private record OfDataset(ServedDataset served, Supplier<Columns> columns) {}

  private record OfQuery(Query query, Supplier<Columns> columns) {}

  Described(List<ServedDataset> datasets, List<ServedQuery> queries, List<ServedStream> streams) {
    this.datasets =
        datasets.stream()
            .sorted(Comparator.comparing(each -> each.dataset().name()))
            .map(Described::of)
            .toList();
    List<OfQuery> all = new ArrayList<>();
    queries.forEach(each -> all.add(of(each)));
    streams.forEach(each -> all.add(of(each)));
    all.sort(Comparator.comparing(each -> each.query().name()));
    this.queries = List.copyOf(all);
  }

  private static OfDataset of(ServedDataset served) {
    Dataset dataset = served.dataset();
    return new OfDataset(
        served,
        () ->
            new Columns(
                served.columns().get(), served.kinds().get(), dataset.largeNumbersAsStrings()));
  }

  private static OfQuery of(ServedQuery served) {
    Query query = served.query();
    return new OfQuery(
        query,
        () ->
            new Columns(
                served.columns().get(), served.kinds().get(), query.largeNumbersAsStrings()));
  }

  private static OfQuery of(ServedStream served) {
    Query query = served.query();
    return new OfQuery(
        query,
        () ->
            new Columns(
                served.streams().columns(),
                served.streams().kinds(),
                query.largeNumbersAsStrings()));
  }

  /** The columns of each, as they are known now. */
  List<Columns> columns() {
    List<Columns> columns = new ArrayList<>();
    datasets.forEach(each -> columns.add(each.columns().get()));
    queries.forEach(each -> columns.add(each.columns().get()));
    return columns;
  }

  /**
   * Adds the paths of all.
   *
   * @param columns of each
   * @param maxIds the most ids of a path
   * @param maxIdsInBody the most ids of a body
   */
  void addTo(Parts parts, List<Columns> columns, int maxIds, int maxIdsInBody) {
    int place = 0;
    for (OfDataset each : datasets) {
      Columns own = columns.get(place++);
      ServedDataset served = each.served();
      for (ServedKey key : served.keys()) {
        new DatasetPath(served.dataset(), key, own, maxIds, maxIdsInBody).addTo(parts);
      }
    }
    for (OfQuery each : queries) {
      new QueryPath(each.query(), columns.get(place++)).addTo(parts);
    }
  }
}
