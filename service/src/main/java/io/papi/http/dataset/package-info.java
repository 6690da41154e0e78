/**
 * The route of a dataset: from ids in a path to rows in an answer, with its headers.
 *
 * <p>It imports {@code exchange}, and the leaves {@code lookup} and {@code dataset}.
 */
@NullMarked
package io.papi.http.dataset;

import org.jspecify.annotations.NullMarked;
