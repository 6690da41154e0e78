/**
 * The statements of queries: one for each tuple of parameter values.
 *
 * <p>It imports {@code store} and {@code store/value}, and the leaves; it must never know who asks,
 * or in which format an answer is sent.
 */
@NullMarked
package io.papi.store.query;

import org.jspecify.annotations.NullMarked;
