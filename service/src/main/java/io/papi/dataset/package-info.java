/**
 * What a dataset is: a table, its key, its columns, and how long its rows are fresh.
 *
 * <p>A leaf of plain data: it imports only the JDK and must never know how a row is looked up, kept
 * or shown.
 */
@NullMarked
package io.papi.dataset;

import org.jspecify.annotations.NullMarked;
