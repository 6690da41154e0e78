package io.papi.store.embedded;

import java.util.Optional;

/**
 * A table that the embedded store makes and fills.
 *
 * @param from what its rows come from
 * @param where a condition in SQL: rows for which it is not true are left out
 */
public record EmbeddedTable(TableName name, TableSource from, Optional<String> where) {}
