package io.papi.http.dataset;

import static java.util.Objects.requireNonNull;

import io.papi.dataset.Dataset;
import io.papi.dataset.Fold;
import io.papi.dataset.SqlName;
import io.papi.lookup.Invalidator;
import io.papi.lookup.Lookup;
import io.papi.rows.ValueKind;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A dataset as the server offers it.
 *
 * @param keys the ways to ask for its rows, their own key first
 * @param columns the names of a row's columns in their order, as answers show them; none while they
 *     are not known yet
 * @param kinds what the values of each are; none while that is not known yet
 */
public record ServedDataset(
    Dataset dataset,
    List<ServedKey> keys,
    Supplier<List<String>> columns,
    Supplier<List<ValueKind>> kinds) {

  public ServedDataset {
    requireNonNull(dataset, "dataset is null");
    requireNonNull(columns, "columns is null");
    requireNonNull(kinds, "kinds is null");
    keys = List.copyOf(keys);
  }

  /** A dataset whose columns are configured, and that has no other key and no default row. */
  public ServedDataset(Dataset dataset, Lookup lookup, Invalidator invalidator) {
    this(
        dataset,
        List.of(
            new ServedKey(
                dataset.name(),
                dataset.shownKey(),
                dataset.keyType(),
                Fold.NONE,
                dataset.freshness(),
                lookup,
                invalidator,
                _ -> Optional.empty())),
        () -> dataset.columns().stream().map(SqlName::unquoted).toList(),
        List::of);
  }
}
