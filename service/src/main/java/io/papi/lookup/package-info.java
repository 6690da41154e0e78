/**
 * The lookup: the one interface that every layer between the HTTP server and the store implements,
 * and the values that pass through it.
 *
 * <p>A leaf: it imports the JDK alone and must never know who calls it, what a dataset is, or where
 * rows are kept.
 */
@NullMarked
package io.papi.lookup;

import org.jspecify.annotations.NullMarked;
