/**
 * The store: rows of a table by key, over JDBC. Each row becomes its JSON bytes here, once.
 *
 * <p>It imports {@code lookup}, {@code dataset} and {@code reporting}, and it alone knows JDBC,
 * Hikari and the store's breaker; {@code SQLException} never leaves it. It must never know HTTP or
 * a cache.
 */
@NullMarked
package io.papi.store;

import org.jspecify.annotations.NullMarked;
