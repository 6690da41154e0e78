/**
 * What a column's value looks like in JSON, by the column's type: numbers, text, dates in any year.
 *
 * <p>It imports only JDBC's results and Jackson, and must never know of tables, keys or statements.
 */
@NullMarked
package io.papi.store.value;

import org.jspecify.annotations.NullMarked;
