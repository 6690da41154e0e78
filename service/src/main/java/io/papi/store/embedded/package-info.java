/**
 * The embedded store: H2 in this process, filled with the customers that the TPC-DS generator
 * makes.
 *
 * <p>It gives a {@code DataSource} and must never know who asks it.
 */
@NullMarked
package io.papi.store.embedded;

import org.jspecify.annotations.NullMarked;
