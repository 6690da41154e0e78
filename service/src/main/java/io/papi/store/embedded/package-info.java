/**
 * The embedded store: H2 in this process, filled with tables of the TPC generators, with CSV files,
 * and by SQL scripts.
 *
 * <p>It gives a {@code DataSource} and must never know who asks it.
 */
@NullMarked
package io.papi.store.embedded;

import org.jspecify.annotations.NullMarked;
