/**
 * The time that a distant table would take, for the statements of a database in this process.
 *
 * <p>It must never know what the tables hold.
 */
@NullMarked
package io.papi.store.embedded.latency;

import org.jspecify.annotations.NullMarked;
