package io.papi;

import io.papi.config.LogFormat;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/**
 * The system properties by which libraries are set that have no other setting. They are set here,
 * not on the command line, so that every way of starting the service has them; what the command
 * line says stands. Each is read when its library is first used.
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
          // The pool asks a connection that was idle longer for a sign of life before it lends it:
          // a round trip in a caller's time. It does so in the background every two minutes.
          "com.zaxxer.hikari.aliveBypassWindowMs",
          Long.toString(Duration.ofMinutes(30).toMillis()));

  private SystemProperties() {}

  /** Sets those that are not set. */
  static void set() {
    DEFAULTS.forEach(System.getProperties()::putIfAbsent);
  }

  /** Sets the form of the log, which log4j2.xml looks up with each event. */
  static void set(LogFormat format) {
    System.setProperty("papi.log-format", format.name().toLowerCase(Locale.ROOT));
  }

  private static String seconds(Duration duration) {
    return Long.toString(duration.toSeconds());
  }
}
