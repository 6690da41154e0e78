/**
 * By which clock the age of a value in Redis is counted: {@link
 * io.papi.cache.redis.clock.ClockWatch} has the rule.
 *
 * <p>It imports {@code cache.redis.connection} and {@code lookup}. It must never know rows, keys or
 * datasets.
 */
@NullMarked
package io.papi.cache.redis.clock;

import org.jspecify.annotations.NullMarked;
