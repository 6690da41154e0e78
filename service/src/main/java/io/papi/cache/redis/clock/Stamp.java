package io.papi.cache.redis.clock;

/**
 * When a value was read from the store, as it stands in the value.
 *
 * @param clock {@linkplain Timeline#mark which} timeline counts
 * @param micros the microseconds on it
 */
public record Stamp(int clock, long micros) {}
