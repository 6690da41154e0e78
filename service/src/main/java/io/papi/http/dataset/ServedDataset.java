package io.papi.http.dataset;

import static java.util.Objects.requireNonNull;

import io.papi.dataset.Dataset;
import io.papi.lookup.Eraser;
import io.papi.lookup.Lookup;

/**
 * A dataset as the server offers it.
 *
 * @param lookup what answers callers
 * @param eraser what takes rows out of the caches, for an operator
 */
public record ServedDataset(Dataset dataset, Lookup lookup, Eraser eraser) {

  public ServedDataset {
    requireNonNull(dataset, "dataset is null");
    requireNonNull(lookup, "lookup is null");
    requireNonNull(eraser, "eraser is null");
  }
}
