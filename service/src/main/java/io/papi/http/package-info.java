/**
 * The HTTP server: which paths it has on the callers' port and on the operators', and its settings.
 *
 * <p>From here the arrows go one way: the server → the routes ({@code dataset}, {@code admin},
 * {@code page}) and the {@code port} → the {@code connection} → what all share ({@code exchange}).
 * These are the only rooms of Helidon's server. http alone turns outcomes into an answer; it must
 * never know which layers a lookup has.
 */
@NullMarked
package io.papi.http;

import org.jspecify.annotations.NullMarked;
