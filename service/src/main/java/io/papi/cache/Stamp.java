package io.papi.cache;

/**
 * When a value was read from the store, as it stands in the value.
 *
 * @param clock the id of the {@link Timeline} that counts
 * @param micros the microseconds on it
 */
record Stamp(long clock, long micros) {}
