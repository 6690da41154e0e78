/**
 * One request and its answer, whatever the route: request ids, problems, bodies, preconditions, and
 * what {@code Route} does around the work of each.
 *
 * <p>All other rooms of http may import this one; it imports none of them, and must never know of
 * datasets, pages or sockets.
 */
@NullMarked
package io.papi.http.exchange;

import org.jspecify.annotations.NullMarked;
