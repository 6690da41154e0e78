package io.papi.store.snowflake;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * What the driver is told of a session, but for the credential. Immutable.
 *
 * @param warehouse empty where the container service or the user has one
 * @param silence how long the server may be silent within an exchange
 * @param extras what only sessions of this kind have
 */
record SessionProperties(
    SnowflakeSettings settings,
    Optional<String> warehouse,
    Duration silence,
    Map<String, String> extras) {
  private static final String ISO_DATE = "YYYY-MM-DD";
  private static final String ISO_TIME = "HH24:MI:SS.FF9";
  private static final String ISO_TIMESTAMP = ISO_DATE + "\"T\"" + ISO_TIME;
  private static final String ISO_OFFSET = "TZH:TZM";

  SessionProperties {
    extras = Map.copyOf(extras);
  }

  /** A session for lookups. */
  static SessionProperties forLookups(SnowflakeSettings settings) {
    return new SessionProperties(
        settings, settings.context().warehouse(), settings.silence(), Map.of());
  }

  /**
   * A session for queries.
   *
   * @param warehouse empty for that of lookups
   */
  static SessionProperties forQueries(
      SnowflakeSettings settings, Optional<String> warehouse, Duration silence) {
    Map<String, String> extras =
        Map.of(
            // A statement's own timeout goes to the server with it; otherwise it is a thread here.
            "IMPLICIT_SERVER_SIDE_QUERY_TIMEOUT", "true",
            // Dates are bound as ISO text: an account's own format must not change how they are
            // read.
            // A long result comes in parts: of a stream one is read while another is sent, and no
            // more are held.
            "CLIENT_PREFETCH_THREADS", "1",
            "CLIENT_RESULT_CHUNK_SIZE", "48",
            "DATE_INPUT_FORMAT", "AUTO",
            "TIMESTAMP_INPUT_FORMAT", "AUTO");
    return new SessionProperties(
        settings, warehouse.or(() -> settings.context().warehouse()), silence, extras);
  }

  /** All of them, with a credential. */
  Properties with(Credential credential) {
    Properties properties = withoutCredential();
    credential.addTo(properties);
    return properties;
  }

  Properties withoutCredential() {
    Properties properties = address();
    addBounds(properties);
    turnOffExtras(properties);
    addForms(properties);
    properties.putAll(extras);
    return properties;
  }

  /** The most seconds that an exchange takes: the driver asks a second time. */
  int exchangeSeconds() {
    return Math.toIntExact(silence.multipliedBy(2).plusMillis(999).toSeconds());
  }

  /** What tells the driver's HTTP clients apart: each keeps the timeouts that it was built with. */
  String client() {
    return "Papi (connect %d ms; read %d ms)".formatted(connectTimeout(), silence.toMillis());
  }

  /** No statement is under way yet: a connection has to come as fast for every session. */
  private long connectTimeout() {
    return settings.silence().toMillis();
  }

  /** Which account is asked, where, and for what. */
  Properties address() {
    Properties properties = new Properties();
    properties.setProperty("account", settings.account());
    // Otherwise the driver asks for another host: the names of private links have underscores.
    properties.setProperty("allowUnderscoresInHost", "true");
    properties.setProperty("db", settings.context().database());
    properties.setProperty("schema", settings.context().schema());
    warehouse.ifPresent(name -> properties.setProperty("warehouse", name));
    settings.context().role().ifPresent(name -> properties.setProperty("role", name));
    if (settings.server().getScheme().equals("http")) {
      properties.setProperty("ssl", "off");
    }
    // Seen in Snowflake's query history.
    properties.setProperty("application", "Papi");
    return properties;
  }

  /** What keeps a silent or failing server from holding a connection. */
  private void addBounds(Properties properties) {
    String exchangeSeconds = Integer.toString(exchangeSeconds());
    properties.setProperty("user_agent_suffix", client());
    // The only bound on a read that the driver keeps; five minutes otherwise.
    properties.setProperty("HTTP_CLIENT_SOCKET_TIMEOUT", Long.toString(silence.toMillis()));
    properties.setProperty("HTTP_CLIENT_CONNECTION_TIMEOUT", Long.toString(connectTimeout()));
    // One more try is right for a cut connection; seven take 50 s. Zero would be for ever.
    properties.setProperty("maxHttpRetries", "1");
    // The driver's default gives up on a sign-in after five minutes.
    properties.setProperty("loginTimeout", exchangeSeconds);
    // A statement that nobody waits for any more ends at the server too.
    properties.setProperty("STATEMENT_TIMEOUT_IN_SECONDS", exchangeSeconds);
  }

  /** Turns off what the driver does beside its work. */
  private static void turnOffExtras(Properties properties) {
    // Otherwise nearly every statement posts a report. The server's own value counts in the end.
    properties.setProperty("CLIENT_TELEMETRY_ENABLED", "false");
    // Otherwise the first session probes the metadata services of three clouds.
    properties.setProperty("disablePlatformDetection", "true");
    // No file ever goes to or comes from a stage.
    properties.setProperty("enablePutGet", "false");
  }

  /** The forms in which values come back. */
  private static void addForms(Properties properties) {
    // A point lookup is a few hundred bytes: Arrow's buffers cost more than they save.
    properties.setProperty("JDBC_QUERY_RESULT_FORMAT", "JSON");
    // TIMESTAMP_LTZ is a moment: it is shown in one zone, wherever the service runs.
    properties.setProperty("TIMEZONE", "UTC");
    // As text the driver gives all digits of a time and the offset of a timestamp; as Java's
    // own types it drops them.
    properties.setProperty("DATE_OUTPUT_FORMAT", ISO_DATE);
    properties.setProperty("TIME_OUTPUT_FORMAT", ISO_TIME);
    properties.setProperty("TIMESTAMP_NTZ_OUTPUT_FORMAT", ISO_TIMESTAMP);
    properties.setProperty("TIMESTAMP_LTZ_OUTPUT_FORMAT", ISO_TIMESTAMP + ISO_OFFSET);
    properties.setProperty("TIMESTAMP_TZ_OUTPUT_FORMAT", ISO_TIMESTAMP + ISO_OFFSET);
  }
}
