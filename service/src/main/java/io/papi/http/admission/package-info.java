/**
 * Who calls: the key or the user of a request, whose it is, what that caller may ask for, and how
 * much.
 *
 * <p>It imports {@code exchange}, and the leaves {@code caller} and {@code lookup}; it must never
 * know what a route answers.
 */
@NullMarked
package io.papi.http.admission;

import org.jspecify.annotations.NullMarked;
