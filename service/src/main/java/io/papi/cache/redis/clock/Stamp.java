package io.papi.cache.redis.clock;

/**
 * When a value was read from the store, as it stands in the value.
 *
 * @param clock {@linkplain Timeline#mark which} timeline counts
 * @param micros the microseconds on it, at most 2<sup>55</sup>, which is a thousand years
 */
public record Stamp(int clock, long micros) {}
