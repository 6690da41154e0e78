/**
 * The lookup: the role of every layer between the HTTP server and the store, the role of the store
 * itself, and the values that pass between them.
 *
 * <p>A leaf: it imports the JDK alone and must never know who calls it, what a dataset is, or where
 * rows are kept.
 */
@NullMarked
package io.papi.lookup;

import org.jspecify.annotations.NullMarked;
