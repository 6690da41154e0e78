package io.papi.cache.redis.connection;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;

/**
 * How Redis is reached and used. Its text never shows the password.
 *
 * @param uri {@code redis://[user:password@]host[:port][/database]}, or {@code rediss://} for TLS
 * @param timeout the most that one exchange takes, from its first byte sent to its last byte
 *     received: 1 ms to 10 s
 * @param maxKeys the most keys of one exchange: 1 to 10,000
 * @param writeBackBound the most values that wait to be written: 1 to 1,000,000
 */
public record RedisSettings(URI uri, Duration timeout, int maxKeys, int writeBackBound) {
  private static final int DEFAULT_PORT = 6379;
  private static final int DEFAULT_MAX_KEYS = 512;

  public RedisSettings {
    requireNonNull(uri, "uri is null");
    requireNonNull(timeout, "timeout is null");
    String scheme = uri.getScheme();
    if (!"redis".equals(scheme) && !"rediss".equals(scheme)) {
      throw new IllegalArgumentException("uri begins neither with redis:// nor with rediss://");
    }
    if (uri.getHost() == null) {
      throw new IllegalArgumentException("uri names no host");
    }
    if (!requireNonNull(uri.getPath(), "uri has no path").matches("|/|/[0-9]{1,4}")) {
      throw new IllegalArgumentException("uri's path is not the number of a database");
    }
    requireBetween(
        "timeout", timeout.toMillis(), 1, Duration.ofSeconds(10).toMillis(), " milliseconds");
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
      throw new IllegalArgumentException("uri: " + e.getReason() + " at index " + e.getIndex());
    }
  }

  String host() {
    return requireNonNull(uri.getHost(), "uri names no host");
  }

  int port() {
    return uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
  }

  boolean tls() {
    return "rediss".equals(uri.getScheme());
  }

  int database() {
    String path = requireNonNull(uri.getPath(), "uri has no path");
    return path.length() < 2 ? 0 : Integer.parseInt(path.substring(1));
  }

  /** The user, where the URI names one; the password may stand without. */
  Optional<String> user() {
    return Optional.ofNullable(uri.getUserInfo())
        .map(info -> info.substring(0, Math.max(0, info.indexOf(':'))))
        .filter(user -> !user.isEmpty());
  }

  Optional<String> password() {
    return Optional.ofNullable(uri.getUserInfo())
        .map(info -> info.substring(info.indexOf(':') + 1))
        .filter(password -> !password.isEmpty());
  }

  @Override
  public String toString() {
    return uri.getScheme()
        + "://"
        + host()
        + ":"
        + port()
        + "/"
        + database()
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
