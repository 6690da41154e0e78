package io.papi.http.dataset;

import static java.util.Objects.requireNonNull;

import io.papi.dataset.Dataset;
import io.papi.lookup.Invalidator;
import io.papi.lookup.Lookup;

/**
 * A dataset as the server offers it.
 *
 * @param lookup what answers callers
 * @param invalidator invalidates rows in the caches, for an operator
 */
public record ServedDataset(Dataset dataset, Lookup lookup, Invalidator invalidator) {

  public ServedDataset {
    requireNonNull(dataset, "dataset is null");
    requireNonNull(lookup, "lookup is null");
    requireNonNull(invalidator, "invalidator is null");
  }
}
