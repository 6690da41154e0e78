/**
 * The open connections of a port: how they are read and written, and who closes those whose callers
 * take too long.
 *
 * <p>It imports only {@code exchange} and {@code reporting}, and must never know what is asked or
 * answered.
 */
@NullMarked
package io.papi.http.connection;

import org.jspecify.annotations.NullMarked;
