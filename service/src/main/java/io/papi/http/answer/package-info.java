/**
 * What the routes of lookups share, whether rows or reports are asked: reading what a request says,
 * and where an answer came from, as headers and meters tell it.
 *
 * <p>It imports {@code exchange}, and the leaves {@code lookup} and {@code dataset}; it must never
 * know what an answer looks like.
 */
@NullMarked
package io.papi.http.answer;

import org.jspecify.annotations.NullMarked;
