package io.papi.cache.redis.connection;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;

/**
 * How Redis is reached and used. Its text never shows the password.
 *
 * @param uri {@code redis://[user:password@]host[:port][/database]}, or {@code rediss://} for TLS
 * @param timeout the most that one exchange takes, from its first byte sent to its last byte
 *     received: 1 ms to 10 s
 * @param maxKeys the most keys of one exchange: 1 to 10,000
 * @param writeBackBound the most values that wait to be written, which together have at most as
 *     many KiB: 1 to 1,000,000
 */
public record RedisSettings(URI uri, Duration timeout, int maxKeys, int writeBackBound) {
  private static final int DEFAULT_MAX_KEYS = 512;
  private static final Duration MAX_TIMEOUT = Duration.ofSeconds(10);

  /**
   * Of large values, so that an exchange ends in time: eight of 4 MiB are half of what
   * redis/redis.conf lets wait for one connection.
   */
  private static final int FEW_KEYS = 8;

  private static final int LARGE_TIMEOUT_FACTOR = 4;
  private static final Duration MIN_LARGE_TIMEOUT = Duration.ofMillis(200);

  public RedisSettings {
    requireNonNull(uri, "uri is null");
    requireNonNull(timeout, "timeout is null");
    var _ = RedisUri.of(uri);
    requireBetween("timeout", timeout.toMillis(), 1, MAX_TIMEOUT.toMillis(), " milliseconds");
    requireBetween("maxKeys", maxKeys, 1, 10_000, "");
    requireBetween("writeBackBound", writeBackBound, 1, 1_000_000, "");
  }

  /**
   * Redis at {@code uri}, with 512 keys for an exchange.
   *
   * @throws IllegalArgumentException if that is no such URI; the message does not repeat it
   */
  public static RedisSettings of(String uri, Duration timeout, int writeBackBound) {
    try {
      return new RedisSettings(new URI(uri), timeout, DEFAULT_MAX_KEYS, writeBackBound);
    } catch (URISyntaxException e) {
      // without the cause: its message shows the whole URI, the password too
      throw new IllegalArgumentException(
          "uri: "
              + e.getReason()
              + " at index "
              + e.getIndex()
              + "; in a password write % and two hexadecimal digits for what is no letter or"
              + " digit");
    }
  }

  /**
   * The same Redis for values of up to 4 MiB: more time for an exchange, and fewer keys.
   *
   * @param writeBackBound should be several times the KiB of the largest value: one that is larger
   *     than all that may wait is never written
   */
  public RedisSettings forLargeValues(int writeBackBound) {
    Duration longer = timeout.multipliedBy(LARGE_TIMEOUT_FACTOR);
    Duration atLeast = longer.compareTo(MIN_LARGE_TIMEOUT) < 0 ? MIN_LARGE_TIMEOUT : longer;
    Duration bounded = atLeast.compareTo(MAX_TIMEOUT) < 0 ? atLeast : MAX_TIMEOUT;
    return new RedisSettings(uri, bounded, Math.min(maxKeys, FEW_KEYS), writeBackBound);
  }

  /** Where it is, and as whom to sign in. */
  RedisUri server() {
    return RedisUri.of(uri);
  }

  @Override
  public String toString() {
    return server()
        + ", timeout "
        + timeout.toMillis()
        + " ms, "
        + maxKeys
        + " keys, "
        + writeBackBound
        + " values wait";
  }

  private static void requireBetween(String name, long value, long min, long max, String unit) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          name + " is " + value + unit + ", not " + min + " to " + max);
    }
  }
}
