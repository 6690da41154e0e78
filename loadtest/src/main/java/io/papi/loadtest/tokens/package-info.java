/**
 * Access tokens for callers of a public endpoint of Snowpark Container Services.
 *
 * <p>It may import the JDK and the JWT library, and must never know what a token is used for.
 */
@NullMarked
package io.papi.loadtest.tokens;

import org.jspecify.annotations.NullMarked;
