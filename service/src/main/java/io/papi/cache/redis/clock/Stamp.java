package io.papi.cache.redis.clock;

/**
 * When a value was read from the store, as it stands in the value.
 *
 * @param clock the id of the {@link Timeline} that counts
 * @param micros the microseconds on it
 */
public record Stamp(long clock, long micros) {}
