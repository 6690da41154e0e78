/**
 * The sockets on which the service listens: accepting connections, how many, and the answer to one
 * too many.
 *
 * <p>It imports {@code connection} and {@code exchange}, and must never know which routes there
 * are.
 */
@NullMarked
package io.papi.http.port;

import org.jspecify.annotations.NullMarked;
