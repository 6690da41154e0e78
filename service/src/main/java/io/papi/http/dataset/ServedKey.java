package io.papi.http.dataset;

import static java.util.Objects.requireNonNull;

import io.papi.dataset.Fold;
import io.papi.dataset.Freshness;
import io.papi.dataset.KeyType;
import io.papi.lookup.DefaultRows;
import io.papi.lookup.Invalidator;
import io.papi.lookup.Lookup;

/**
 * One way to ask for the rows of a dataset: by their own key, or by another.
 *
 * @param name its path without the first slash, and its name in metrics: {@code customer}, {@code
 *     customer/email}
 * @param column the column with its values, as answers show it
 * @param type what its values look like
 * @param fold what is done to a caller's value before it is looked for
 * @param freshness of its answers
 * @param lookup what answers callers
 * @param invalidator invalidates what the caches have, for an operator
 * @param defaultRows what stands in for missing rows
 */
public record ServedKey(
    String name,
    String column,
    KeyType type,
    Fold fold,
    Freshness freshness,
    Lookup lookup,
    Invalidator invalidator,
    DefaultRows defaultRows) {

  public ServedKey {
    requireNonNull(name, "name is null");
    requireNonNull(column, "column is null");
    requireNonNull(type, "type is null");
    requireNonNull(fold, "fold is null");
    requireNonNull(freshness, "freshness is null");
    requireNonNull(lookup, "lookup is null");
    requireNonNull(invalidator, "invalidator is null");
    requireNonNull(defaultRows, "defaultRows is null");
  }

  /** What takes a body with values; they stand behind it and a slash, too. */
  public String path() {
    return "/" + name;
  }
}
