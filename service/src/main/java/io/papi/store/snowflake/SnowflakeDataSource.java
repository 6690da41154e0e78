package io.papi.store.snowflake;

import io.micrometer.core.instrument.MeterRegistry;
import io.papi.lookup.Ticker;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.Optional;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Opens sessions of one kind with Snowflake, each with the sign-in as it is by then. Thread-safe.
 *
 * <p>The driver's own {@code DataSource} is not used: a pool sets a login timeout of a second on it
 * and keeps the first token for ever.
 */
public final class SnowflakeDataSource implements DataSource {
  private final Sessions sessions;
  private final SessionProperties session;

  /** Opens sessions for lookups. */
  public SnowflakeDataSource(SnowflakeSettings settings, MeterRegistry meters) {
    this(settings, meters, Ticker.system());
  }

  SnowflakeDataSource(SnowflakeSettings settings, MeterRegistry meters, Ticker ticker) {
    this(new Sessions(settings, meters, ticker), SessionProperties.forLookups(settings));
  }

  private SnowflakeDataSource(Sessions sessions, SessionProperties session) {
    this.sessions = sessions;
    this.session = session;
  }

  /**
   * Opens sessions for queries: by the same sign-in, at the same pace and with the same meters.
   * {@code Statement.setQueryTimeout} is kept by the server there.
   *
   * @param warehouse empty for that of lookups
   * @param silence how long the server may be silent within an exchange; the driver asks a second
   *     time after it, so a statement that hangs ends after twice that, at the server too
   */
  public DataSource forQueries(Optional<String> warehouse, Duration silence) {
    return new SnowflakeDataSource(
        sessions, SessionProperties.forQueries(sessions.settings(), warehouse, silence));
  }

  /**
   * Whether no session was ever opened, because the sign-in was refused. A server that cannot be
   * reached has refused nothing.
   */
  public boolean isRefused() {
    return sessions.isRefused();
  }

  /**
   * Opens a session.
   *
   * @throws SQLException if the server cannot be reached, refuses the sign-in, or has refused it a
   *     short while ago; of a refusal the message carries no secret
   */
  @Override
  public Connection getConnection() throws SQLException {
    return sessions.open(session);
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
    return session.exchangeSeconds();
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
