/**
 * The route of a query: from the parameters in a path and a query string to a report in an answer.
 *
 * <p>It imports {@code answer}, {@code format} and {@code exchange}, and the leaves; it must never
 * know any SQL.
 */
@NullMarked
package io.papi.http.query;

import org.jspecify.annotations.NullMarked;
