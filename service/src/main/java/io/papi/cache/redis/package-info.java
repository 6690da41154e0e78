/**
 * The rows of a dataset in Redis: {@link io.papi.cache.redis.RedisCache} is the cache, {@link
 * io.papi.cache.redis.RedisRows} the role behind it, {@link io.papi.cache.redis.Redis} the one
 * server that plays it today.
 *
 * <p>It imports {@code cache}, its own rooms {@code connection} and {@code clock}, {@code lookup}
 * and {@code dataset}; Jedis is imported here and in its rooms alone. It must never know where the
 * server runs ({@code embedded}), HTTP, SQL, or which lookup asks it.
 */
@NullMarked
package io.papi.cache.redis;

import org.jspecify.annotations.NullMarked;
