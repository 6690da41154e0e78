package io.papi.cache;

/**
 * The bound of a near cache.
 *
 * @param maxBytes the most bytes that keys, rows and their book-keeping may take, for each dataset
 */
public record NearSettings(long maxBytes) {}
