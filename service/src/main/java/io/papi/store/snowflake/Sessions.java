package io.papi.store.snowflake;

import io.micrometer.core.instrument.MeterRegistry;
import io.papi.lookup.Ticker;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import net.snowflake.client.api.driver.SnowflakeDriver;

/**
 * Opens sessions of every kind with one sign-in, at one pace: a server that refuses it is asked no
 * more often because there are several kinds. Thread-safe.
 */
final class Sessions {
  private final SnowflakeSettings settings;
  private final SnowflakeDriver driver = new SnowflakeDriver();
  private final SignInLog log;
  private final SignInMeters meters;
  private final SignInPace pace = new SignInPace();
  private final Ticker ticker;
  private final String url;

  Sessions(SnowflakeSettings settings, MeterRegistry meters, Ticker ticker) {
    this.settings = settings;
    this.log = new SignInLog(settings);
    this.meters = new SignInMeters(settings.signIn(), log, meters);
    this.ticker = ticker;
    this.url = "jdbc:snowflake://" + settings.server().getRawAuthority() + "/";
  }

  SnowflakeSettings settings() {
    return settings;
  }

  /** Whether no session was ever opened, because the sign-in was refused. */
  boolean isRefused() {
    return log.isRefused();
  }

  /**
   * Opens a session, with the sign-in as it is now.
   *
   * @throws SQLException if the server cannot be reached, refuses the sign-in, or has refused it a
   *     short while ago; of a refusal the message carries no secret
   */
  Connection open(SessionProperties session) throws SQLException {
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
      Connection connection = connect(session, credential);
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

  private Connection connect(SessionProperties session, Credential credential) throws SQLException {
    Connection connection;
    try {
      connection = HttpClients.connect(driver, url, session, credential);
    } catch (RuntimeException e) {
      // The driver throws these at answers that it does not understand.
      throw new SQLNonTransientConnectionException("the answer to the sign-in is malformed", e);
    }
    if (connection == null) {
      throw new SQLNonTransientConnectionException("the driver does not take the address " + url);
    }
    return connection;
  }
}
