/**
 * What the callers' port shows those who connect by TLS: a certificate and its key, read from
 * files, and read again when these change.
 *
 * <p>It imports {@code secret} and meters, and must never know of HTTP or connections.
 */
@NullMarked
package io.papi.http.tls;

import org.jspecify.annotations.NullMarked;
