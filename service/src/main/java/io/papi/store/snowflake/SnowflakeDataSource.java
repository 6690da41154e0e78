package io.papi.store.snowflake;

import io.micrometer.core.instrument.MeterRegistry;
import io.papi.lookup.Ticker;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLNonTransientConnectionException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import net.snowflake.client.api.driver.SnowflakeDriver;
import org.jspecify.annotations.Nullable;

/**
 * Opens sessions with Snowflake, each with the sign-in as it is by then. Thread-safe.
 *
 * <p>The driver's own {@code DataSource} is not used: a pool sets a login timeout of a second on it
 * and keeps the first token for ever.
 */
public final class SnowflakeDataSource implements DataSource {
  private static final String ISO_DATE = "YYYY-MM-DD";
  private static final String ISO_TIME = "HH24:MI:SS.FF9";
  private static final String ISO_TIMESTAMP = ISO_DATE + "\"T\"" + ISO_TIME;
  private static final String ISO_OFFSET = "TZH:TZM";

  private final SnowflakeSettings settings;
  private final SnowflakeDriver driver = new SnowflakeDriver();
  private final SignInLog log;
  private final SignInMeters meters;
  private final SignInPace pace = new SignInPace();
  private final Ticker ticker;
  private final String url;

  public SnowflakeDataSource(SnowflakeSettings settings, MeterRegistry meters) {
    this(settings, meters, Ticker.system());
  }

  SnowflakeDataSource(SnowflakeSettings settings, MeterRegistry meters, Ticker ticker) {
    this.settings = settings;
    this.log = new SignInLog(settings);
    this.meters = new SignInMeters(settings.signIn(), log, meters);
    this.ticker = ticker;
    this.url = "jdbc:snowflake://" + settings.server().getRawAuthority() + "/";
  }

  /**
   * Whether no session was ever opened, because the sign-in was refused. A server that cannot be
   * reached has refused nothing.
   */
  public boolean isRefused() {
    return log.isRefused();
  }

  /** A source for queries. */
  public DataSource forQueries(Optional<String> warehouse, Duration silence) {
    return this;
  }

  /**
   * Opens a session.
   *
   * @throws SQLException if the server cannot be reached, refuses the sign-in, or has refused it a
   *     short while ago; of a refusal the message carries no secret
   */
  @Override
  public Connection getConnection() throws SQLException {
    long start = ticker.nanos();
    Credential credential;
    try {
      credential = Credential.of(settings.signIn());
    } catch (SignInRefusedException e) {
      meters.refused(ticker.nanos() - start);
      log.refused(e);
      throw e;
    }
    String fingerprint = credential.fingerprint();
    pace.begin(fingerprint, start);
    boolean isTold = false;
    try {
      Connection connection = connect(properties(credential));
      pace.accepted();
      isTold = true;
      meters.signedIn(ticker.nanos() - start);
      log.signedIn();
      return connection;
    } catch (SQLException e) {
      if (!SignInRefusedException.is(e)) {
        meters.failed(ticker.nanos() - start);
        log.failed(e);
        throw e;
      }
      SignInRefusedException refusal = SignInRefusedException.of(e, credential);
      pace.refused(refusal, fingerprint, ticker.nanos());
      isTold = true;
      meters.refused(ticker.nanos() - start);
      log.refused(refusal);
      throw refusal;
    } finally {
      if (!isTold) {
        pace.failed();
      }
    }
  }

  private Connection connect(Properties properties) throws SQLException {
    Connection connection;
    try {
      connection = driver.connect(url, properties);
    } catch (RuntimeException e) {
      // The driver throws these at answers that it does not understand.
      throw new SQLNonTransientConnectionException("the answer to the sign-in is malformed", e);
    }
    if (connection == null) {
      throw new SQLNonTransientConnectionException("the driver does not take the address " + url);
    }
    return connection;
  }

  private Properties properties(Credential credential) {
    Properties properties = address();
    credential.addTo(properties);
    addBounds(properties);
    turnOffExtras(properties);
    addForms(properties);
    return properties;
  }

  /** Which account is asked, where, and for what. */
  Properties address() {
    Properties properties = new Properties();
    properties.setProperty("account", settings.account());
    // Otherwise the driver asks for another host: the names of private links have underscores.
    properties.setProperty("allowUnderscoresInHost", "true");
    properties.setProperty("db", settings.context().database());
    properties.setProperty("schema", settings.context().schema());
    settings.context().warehouse().ifPresent(name -> properties.setProperty("warehouse", name));
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
    String silence = Long.toString(settings.silence().toMillis());
    String exchangeSeconds = Integer.toString(exchangeSeconds());
    // The only bound on a read that the driver keeps; five minutes otherwise.
    properties.setProperty("HTTP_CLIENT_SOCKET_TIMEOUT", silence);
    properties.setProperty("HTTP_CLIENT_CONNECTION_TIMEOUT", silence);
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

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException("the sign-in is configured");
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) {}

  /** Does nothing: a pool's idea of it, a second, is too short for a sign-in. */
  @Override
  public void setLoginTimeout(int seconds) {}

  /** The most seconds that a sign-in takes: a pool that closes waits this long for one. */
  @Override
  public int getLoginTimeout() {
    return exchangeSeconds();
  }

  private int exchangeSeconds() {
    return Math.toIntExact(settings.silence().multipliedBy(2).plusMillis(999).toSeconds());
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException("it logs to SLF4J");
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLException("it wraps no " + type.getName());
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }

  @Override
  public String toString() {
    return "snowflake";
  }
}
