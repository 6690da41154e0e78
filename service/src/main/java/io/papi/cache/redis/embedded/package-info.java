/**
 * A real Redis server of the service's own, for one machine.
 *
 * <p>It imports the JDK and the library that brings the binary. It must never know who connects to
 * it, or what is kept in it.
 */
@NullMarked
package io.papi.cache.redis.embedded;

import org.jspecify.annotations.NullMarked;
