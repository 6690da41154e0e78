/**
 * One connection to one Redis server: opened, signed in, ended in time, opened again.
 *
 * <p>It imports the clock ({@code lookup.Ticker}) and Jedis. It must never know what is kept in
 * Redis, or how many connections there are.
 */
@NullMarked
package io.papi.cache.redis.connection;

import org.jspecify.annotations.NullMarked;
