/**
 * What a query is: a piece of SQL with parameters behind a path, and how long its answers are
 * fresh.
 *
 * <p>A leaf of plain data: it imports only the JDK and the other leaves, and must never know how an
 * answer is looked up, kept or shown.
 */
@NullMarked
package io.papi.query;

import org.jspecify.annotations.NullMarked;
