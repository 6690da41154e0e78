package io.papi.http.page;

import io.papi.query.Query;
import java.util.List;
import java.util.function.Supplier;

/**
 * A query, streamed or not, as the test page offers it.
 *
 * @param columns by the names that answers show; none while they are not known yet
 */
public record OfferedQuery(Query query, Supplier<List<String>> columns) {}
