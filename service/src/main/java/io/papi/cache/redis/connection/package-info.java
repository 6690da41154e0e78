/**
 * One connection to one Redis server: opened, signed in, ended in time, opened again.
 *
 * <p>It imports the clock ({@code lookup.Ticker}) and Jedis. It must never know what is kept in
 * Redis, but for the beginning of its names and a key that is never there, or how many connections
 * there are.
 */
@NullMarked
package io.papi.cache.redis.connection;

import org.jspecify.annotations.NullMarked;
