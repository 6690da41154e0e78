/**
 * The caches in front of the store: the near cache in this process (Caffeine), Redis (Jedis), and
 * the form of a value in Redis.
 *
 * <p>It imports {@code lookup} and {@code dataset}, and is the only room of Caffeine and Jedis. It
 * must never know HTTP, SQL, or what stands behind the {@link io.papi.lookup.Lookup} that it asks
 * next.
 */
@NullMarked
package io.papi.cache;

import org.jspecify.annotations.NullMarked;
