package io.papi.store.snowflake;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLNonTransientConnectionException;
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
  private final SignInMeters meters;
  private final String url;

  public SnowflakeDataSource(SnowflakeSettings settings, MeterRegistry meters) {
    this.settings = settings;
    this.meters = new SignInMeters(settings.signIn(), meters);
    this.url = "jdbc:snowflake://" + settings.server().getRawAuthority() + "/";
  }

  /**
   * Opens a session.
   *
   * @throws SQLException if the server cannot be reached or refuses the sign-in; it carries no
   *     secret
   */
  @Override
  public Connection getConnection() throws SQLException {
    long start = System.nanoTime();
    try {
      Connection connection = connect(properties());
      meters.signedIn(System.nanoTime() - start);
      return connection;
    } catch (SQLException e) {
      meters.notSignedIn(e, System.nanoTime() - start);
      throw e;
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

  private Properties properties() throws SQLException {
    Properties properties = new Properties();
    addAddress(properties);
    addSignIn(properties);
    addBounds(properties);
    turnOffExtras(properties);
    addForms(properties);
    return properties;
  }

  private void addAddress(Properties properties) {
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
  }

  private void addSignIn(Properties properties) throws SQLException {
    switch (settings.signIn()) {
      case SignIn.SessionToken(Path file, _) -> {
        properties.setProperty("authenticator", "oauth");
        properties.setProperty("token", sessionToken(file));
      }
      case SignIn.PrivateKey key -> {
        properties.setProperty("authenticator", "snowflake_jwt");
        properties.setProperty("user", key.user());
        properties.put("privateKey", privateKey(key));
      }
      case SignIn.AccessToken(String user, Secret token) -> {
        properties.setProperty("authenticator", "programmatic_access_token");
        properties.setProperty("user", user);
        properties.setProperty("token", token.reveal());
      }
      case SignIn.Password(String user, Secret password) -> {
        properties.setProperty("user", user);
        properties.setProperty("password", password.reveal());
      }
    }
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

  private static String sessionToken(Path file) throws SQLException {
    try {
      return SecretFile.read(file);
    } catch (UnusableSecretException e) {
      throw new SQLInvalidAuthorizationSpecException("the session token: " + e.getMessage(), e);
    }
  }

  private static PrivateKey privateKey(SignIn.PrivateKey key) throws SQLException {
    try {
      return PrivateKeyFile.read(key.file(), key.passphrase());
    } catch (UnusableSecretException e) {
      throw new SQLInvalidAuthorizationSpecException("the private key: " + e.getMessage(), e);
    }
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
