package io.papi.cache.redis.connection;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLDecoder;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where Redis is, and as whom to sign in: {@code redis://[user:password@]host[:port][/database]}.
 * Its text never shows the password. Immutable.
 *
 * <p>It reads the host itself: {@link URI#getHost} knows no name with an underscore or with a last
 * part that begins with a digit, while resolvers do, and container services give such names.
 *
 * @param user empty where there is none; the password may stand without
 * @param host a name, or an address; an IPv6 one in brackets
 */
record RedisUri(
    boolean tls,
    Optional<String> user,
    Optional<String> password,
    String host,
    int port,
    int database) {
  private static final int DEFAULT_PORT = 6379;
  private static final int MAX_PORT = 65_535;
  private static final int MAX_NAME = 253;

  private static final Pattern HOST_AND_PORT =
      Pattern.compile("(\\[[0-9A-Fa-f:.]+(?:%[0-9A-Za-z_.-]+)?]|[^:\\[\\]]*)(?::([0-9]{0,5}))?");

  /** What resolvers take: parts of up to 63 bytes, and a dot at the end if one likes. */
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9_-]{1,63}(?:\\.[A-Za-z0-9_-]{1,63})*\\.?");

  /**
   * Reads {@code uri}.
   *
   * @throws IllegalArgumentException if it names no Redis; the message does not repeat it
   */
  static RedisUri of(URI uri) {
    boolean tls = "rediss".equals(uri.getScheme());
    if (!tls && !"redis".equals(uri.getScheme())) {
      throw new IllegalArgumentException("uri begins neither with redis:// nor with rediss://");
    }
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "uri has a ? or # in it; in a password write %3F and %23 for them");
    }
    String authority = Optional.ofNullable(uri.getRawAuthority()).orElse("");
    int at = authority.lastIndexOf('@'); // a password may have more of them
    Optional<String> signIn = at < 0 ? Optional.empty() : Optional.of(authority.substring(0, at));
    Matcher place = HOST_AND_PORT.matcher(authority.substring(at + 1));
    if (!place.matches()) {
      throw new IllegalArgumentException(
          "uri names no host, or no port that is a number; in a password write %2F for /");
    }
    String host = place.group(1);
    requireHost(host, tls);
    return new RedisUri(
        tls,
        signIn
            .map(both -> both.substring(0, Math.max(0, both.indexOf(':'))))
            .flatMap(RedisUri::plain),
        signIn.map(both -> both.substring(both.indexOf(':') + 1)).flatMap(RedisUri::plain),
        host,
        port(place.group(2)),
        database(uri));
  }

  private static void requireHost(String host, boolean tls) {
    if (host.isEmpty()) {
      throw new IllegalArgumentException("uri names no host; in a password write %2F for /");
    }
    if (host.startsWith("[")) {
      return;
    }
    if (host.length() > MAX_NAME || !NAME.matcher(host).matches()) {
      throw new IllegalArgumentException(
          "uri's host is no name that can be looked up: letters, digits, - and _, with dots");
    }
    if (tls && host.contains("_")) {
      throw new IllegalArgumentException(
          "uri's host has an underscore, which no certificate for rediss:// may name: use another"
              + " name for it");
    }
  }

  private static int port(String digits) {
    if (digits == null || digits.isEmpty()) {
      return DEFAULT_PORT;
    }
    int port = Integer.parseInt(digits);
    if (port < 1 || port > MAX_PORT) {
      throw new IllegalArgumentException("uri's port is " + port + ", not 1 to " + MAX_PORT);
    }
    return port;
  }

  private static int database(URI uri) {
    String path = Optional.ofNullable(uri.getRawPath()).orElse("");
    if (!path.matches("|/|/[0-9]{1,4}")) {
      throw new IllegalArgumentException(
          "uri's path is not the number of a database; in a password write %2F for /");
    }
    return path.length() < 2 ? 0 : Integer.parseInt(path.substring(1));
  }

  /** What is written with {@code %}, decoded; empty if it is. */
  private static Optional<String> plain(String encoded) {
    return encoded.isEmpty()
        ? Optional.empty()
        : Optional.of(URLDecoder.decode(encoded.replace("+", "%2B"), UTF_8));
  }

  @Override
  public String toString() {
    return (tls ? "rediss" : "redis") + "://" + host + ":" + port + "/" + database;
  }
}
