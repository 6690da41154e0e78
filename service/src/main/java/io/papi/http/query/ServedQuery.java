package io.papi.http.query;

import static java.util.Objects.requireNonNull;

import io.papi.lookup.Invalidator;
import io.papi.lookup.Lookup;
import io.papi.query.Query;
import io.papi.rows.ValueKind;
import java.util.List;
import java.util.function.Supplier;

/**
 * A query as the server offers it.
 *
 * @param lookup what answers callers
 * @param invalidator invalidates answers in the caches, for an operator
 * @param columns the names of an answer's columns in their order; none while they are not known yet
 * @param kinds what the values of each are; none while that is not known yet
 */
public record ServedQuery(
    Query query,
    Lookup lookup,
    Invalidator invalidator,
    Supplier<List<String>> columns,
    Supplier<List<ValueKind>> kinds) {

  public ServedQuery {
    requireNonNull(query, "query is null");
    requireNonNull(lookup, "lookup is null");
    requireNonNull(invalidator, "invalidator is null");
    requireNonNull(columns, "columns is null");
    requireNonNull(kinds, "kinds is null");
  }
}
