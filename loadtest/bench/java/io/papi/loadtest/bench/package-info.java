/**
 * What the benchmark compares the service with: a constant from the same HTTP server, and rows read
 * from Redis the simple way, over a pool. {@code loadtest/benchmark} compiles it against the built
 * service; nothing of it is in the product.
 */
@NullMarked
package io.papi.loadtest.bench;

import org.jspecify.annotations.NullMarked;
