/**
 * What the service says of itself: the OpenAPI description of every path of the callers' port, made
 * of the configured datasets, queries and streams.
 *
 * <p>It imports what the server serves ({@code dataset}, {@code query}), {@code format} for the
 * examples, and {@code exchange}. It knows nothing of caches and stores; what an answer has in
 * addition to this description is a fault, which the tests' HTTP client finds.
 */
@NullMarked
package io.papi.http.openapi;

import org.jspecify.annotations.NullMarked;
