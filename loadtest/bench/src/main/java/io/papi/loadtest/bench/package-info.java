/**
 * Rows read from Redis the simple way, over a pool, to compare the service with. {@code
 * loadtest/benchmark} runs it; nothing of it is in the product.
 */
@NullMarked
package io.papi.loadtest.bench;

import org.jspecify.annotations.NullMarked;
