/**
 * The formats in which rows are sent, one small file for each, and which of them a caller asks for.
 *
 * <p>It imports {@code exchange} and the vocabulary, and must never know of lookups, caches, or
 * what the rows are of. What is cached is JSON; the other formats are made of it when it is sent.
 */
@NullMarked
package io.papi.http.format;

import org.jspecify.annotations.NullMarked;
