/**
 * The HTTP server: routes, the id parser, answers and problems, the test page, and the admin socket
 * with health and metrics.
 *
 * <p>It imports {@code lookup} and {@code dataset}, and is the only room of Helidon's server. It
 * alone turns outcomes into an answer; it must never know which layers a lookup has.
 */
@NullMarked
package io.papi.http;

import org.jspecify.annotations.NullMarked;
