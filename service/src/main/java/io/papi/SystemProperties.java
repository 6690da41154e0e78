package io.papi;

import io.papi.config.LogFormat;
import io.papi.log.Logs;
import io.papi.store.StoreSettings;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * System properties, for libraries that have no other settings. They are set here and not on the
 * command line, so that every way of starting the service has them; the command line wins. Each is
 * read when its library is first used.
 */
final class SystemProperties {
  private static final Map<String, String> DEFAULTS =
      Map.of(
          // The Snowflake driver logs to java.util.logging otherwise, with a handler of its own.
          "net.snowflake.jdbc.loggerImpl",
          "net.snowflake.client.log.SLF4JLogger",
          // Seconds that the driver keeps a TLS connection; at its 60 every minute has slow calls.
          "net.snowflake.jdbc.ttl",
          seconds(Duration.ofMinutes(30)),
          // In TLS 1.2 a caller could have the server sign again and again on one connection.
          "jdk.tls.rejectClientInitiatedRenegotiation",
          "true",
          // The pool asks a connection that was idle longer for a sign of life before it lends it:
          // a round trip in a caller's time. It does so in the background every two minutes.
          "com.zaxxer.hikari.aliveBypassWindowMs",
          Long.toString(Duration.ofMinutes(30).toMillis()));

  /** The bounds of the Snowflake driver's HTTP pool, in all and for one server. */
  private static final List<String> HTTP_CONNECTIONS =
      List.of("net.snowflake.jdbc.max_connections", "net.snowflake.jdbc.max_connections_per_route");

  private static final int DRIVERS_HTTP_CONNECTIONS = 300;

  /** For what the driver does besides statements: signing in and keeping sessions alive. */
  private static final int SPARE_HTTP_CONNECTIONS = 10;

  private SystemProperties() {}

  /** Sets those that are not set, and raises what is too low for the store's connections. */
  static void set(StoreSettings store) {
    DEFAULTS.forEach(System.getProperties()::putIfAbsent);
    int needed = store.connections() + SPARE_HTTP_CONNECTIONS;
    for (String property : HTTP_CONNECTIONS) {
      if (Integer.getInteger(property, DRIVERS_HTTP_CONNECTIONS) < needed) {
        System.setProperty(property, Integer.toString(needed));
      }
    }
  }

  /** Sets the form of the log, which is looked up with each event. */
  static void set(LogFormat format) {
    System.setProperty(Logs.FORMAT, format.name().toLowerCase(Locale.ROOT));
  }

  private static String seconds(Duration duration) {
    return Long.toString(duration.toSeconds());
  }
}
