package io.papi.store.snowflake;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import net.snowflake.client.api.driver.SnowflakeDriver;

/**
 * Keeps the timeouts of the driver's HTTP clients apart. Thread-safe.
 *
 * <p>The driver keeps its timeouts in static fields. Every sign-in sets them, and a client takes
 * them for good when it is built, by the first sign-in with its suffix of the user agent. Of two
 * sign-ins at the same time the one could therefore build its client with the timeouts of the
 * other. So a client is built while no one else signs in, by a sign-in without a token: the driver
 * builds the client, and then refuses to go on without asking the server. The lock is thus never
 * held alone for longer than that takes.
 *
 * <p>It is static since the fields of the driver are. What still goes by the last sign-in of all is
 * the renewal of a session's token, which is due after an hour: the pool replaces sessions earlier.
 */
final class HttpClients {
  private static final ReadWriteLock LOCK = new ReentrantReadWriteLock();

  @GuardedBy("LOCK")
  private static final Set<String> BUILT = new HashSet<>();

  private HttpClients() {}

  /** Signs in, with a client that has this session's own timeouts. */
  static Connection connect(
      SnowflakeDriver driver, String url, SessionProperties session, Credential credential)
      throws SQLException {
    if (!isBuilt(session)) {
      build(driver, url, session);
    }
    LOCK.readLock().lock();
    try {
      return driver.connect(url, session.with(credential));
    } finally {
      LOCK.readLock().unlock();
    }
  }

  private static boolean isBuilt(SessionProperties session) {
    LOCK.readLock().lock();
    try {
      return BUILT.contains(session.client());
    } finally {
      LOCK.readLock().unlock();
    }
  }

  /** Builds a session's client, unless that is done. */
  static void build(SnowflakeDriver driver, String url, SessionProperties session) {
    LOCK.writeLock().lock();
    try {
      if (!BUILT.contains(session.client())) {
        signInWithoutToken(driver, url, session);
        BUILT.add(session.client());
      }
    } finally {
      LOCK.writeLock().unlock();
    }
  }

  private static void signInWithoutToken(
      SnowflakeDriver driver, String url, SessionProperties session) {
    Properties properties = session.withoutCredential();
    properties.setProperty("authenticator", "oauth");
    try (Connection _ = driver.connect(url, properties)) {
      // The driver does not take the address: the sign-in itself will say so.
    } catch (SQLException expected) {
      // There is no token.
    }
  }
}
