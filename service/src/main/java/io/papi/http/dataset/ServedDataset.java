package io.papi.http.dataset;

import static java.util.Objects.requireNonNull;

import io.papi.dataset.Dataset;
import io.papi.dataset.SqlName;
import io.papi.lookup.DefaultRows;
import io.papi.lookup.Invalidator;
import io.papi.lookup.Lookup;
import io.papi.rows.ValueKind;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A dataset as the server offers it.
 *
 * @param lookup what answers callers
 * @param invalidator invalidates rows in the caches, for an operator
 * @param columns the names of a row's columns in their order, as answers show them; none while they
 *     are not known yet
 * @param kinds what the values of each are; none while that is not known yet
 * @param defaultRows what stands in for missing rows
 */
public record ServedDataset(
    Dataset dataset,
    Lookup lookup,
    Invalidator invalidator,
    Supplier<List<String>> columns,
    Supplier<List<ValueKind>> kinds,
    DefaultRows defaultRows) {

  public ServedDataset {
    requireNonNull(dataset, "dataset is null");
    requireNonNull(lookup, "lookup is null");
    requireNonNull(invalidator, "invalidator is null");
    requireNonNull(columns, "columns is null");
    requireNonNull(kinds, "kinds is null");
    requireNonNull(defaultRows, "defaultRows is null");
  }

  /** A dataset whose columns are configured, and that has no default row. */
  public ServedDataset(Dataset dataset, Lookup lookup, Invalidator invalidator) {
    this(
        dataset,
        lookup,
        invalidator,
        () -> dataset.columns().stream().map(SqlName::unquoted).toList(),
        List::of,
        _ -> Optional.empty());
  }
}
