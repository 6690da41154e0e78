package io.papi.store;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.papi.lookup.Key;
import io.papi.lookup.Outcome;
import io.papi.lookup.Outcome.Reason;
import io.papi.lookup.Outcome.Unavailable;
import io.papi.lookup.Ticker;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTimeoutException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/**
 * What a dataset or a query has to do with its database: connections for its work, failures told
 * apart, times and the log. Thread-safe; as much work runs at once as threads call.
 */
public final class StoreContact {
  private final DataSource dataSource;
  private final Ticker ticker;
  private final StoreLog log;
  private final Timer succeeded;
  private final Timer failed;

  private volatile boolean up;

  /** What is done with a connection. */
  @FunctionalInterface
  public interface Work<T> {
    T with(Connection connection) throws SQLException;
  }

  /**
   * @param name of the dataset or the query, in metrics
   * @param subject what the log calls it, as in "dataset customer"
   */
  public StoreContact(
      String name, String subject, DataSource dataSource, MeterRegistry meters, Ticker ticker) {
    this.dataSource = dataSource;
    this.ticker = ticker;
    this.log = new StoreLog(subject, ticker);
    this.succeeded = queryTimer(meters, name, "ok");
    this.failed = queryTimer(meters, name, "failed");
  }

  /** Whether the last contact went well. */
  public boolean isUp() {
    return up;
  }

  /**
   * Does the work of the first contact.
   *
   * @return whether the database could be reached
   * @throws SchemaMismatchException if {@code work} finds one, or the database takes a name or a
   *     right to be missing, which {@code mismatch} puts into words
   */
  public boolean check(Work<?> work, Mismatch mismatch) {
    try (Connection connection = dataSource.getConnection()) {
      work.with(connection);
      wentWell();
      return true;
    } catch (SQLException e) {
      if (isSchemaError(e)) {
        throw new SchemaMismatchException(mismatch.of(e));
      }
      if (e.getCause() != null) {
        // Without a cause the pool is merely still opening its first connection.
        log.failed(e);
      }
      return false;
    }
  }

  /** What a failure of the first contact says, for whoever configured it. */
  @FunctionalInterface
  public interface Mismatch {
    String of(SQLException failure);
  }

  /**
   * Loads, and once more by another connection where the first one turns out to be lost.
   *
   * @return what {@code work} does, or for all {@code keys} why nothing is known
   */
  public Map<Key, Outcome> load(List<Key> keys, Work<Map<Key, Outcome>> work) {
    long start = ticker.nanos();
    Timer timer = failed;
    Map<Key, Outcome> outcomes;
    try {
      outcomes = ask(work);
      timer = succeeded;
      wentWell();
    } catch (SQLException e) {
      log.failed(e);
      outcomes = fail(keys, reason(e));
    } catch (SchemaMismatchException e) {
      log.failed(e);
      outcomes = fail(keys, Reason.SCHEMA_MISMATCH);
    } catch (RuntimeException e) {
      // Drivers throw these at answers that they do not understand.
      log.failed(e);
      outcomes = fail(keys, Reason.STORE_FAILED);
    }
    timer.record(ticker.nanos() - start, TimeUnit.NANOSECONDS);
    return outcomes;
  }

  /**
   * Opens what keeps a connection for as long as it lasts, and once more by another connection
   * where the first one turns out to be lost.
   *
   * @param work closes its connection by itself, be it that it fails
   */
  public <T> T open(Work<T> work) throws SQLException {
    long start = ticker.nanos();
    Timer timer = failed;
    try {
      T opened = openAnew(work);
      timer = succeeded;
      wentWell();
      return opened;
    } finally {
      timer.record(ticker.nanos() - start, TimeUnit.NANOSECONDS);
    }
  }

  private <T> T openAnew(Work<T> work) throws SQLException {
    try {
      return work.with(connect());
    } catch (SQLException e) {
      if (!LostSession.isLost(e)) {
        throw e;
      }
    }
    return work.with(connect());
  }

  /** What was to be opened, or was, has failed; returns why for its readers. */
  public Reason broken(SQLException failure) {
    log.failed(failure);
    up = false;
    return isCancelled(failure) ? Reason.DEADLINE : reason(failure);
  }

  /** As for other failures: drivers throw these at answers that they do not understand. */
  public Reason broken(RuntimeException failure) {
    log.failed(failure);
    up = false;
    return failure instanceof SchemaMismatchException
        ? Reason.SCHEMA_MISMATCH
        : Reason.STORE_FAILED;
  }

  private <T> T ask(Work<T> work) throws SQLException {
    try (Connection connection = connect()) {
      try {
        return work.with(connection);
      } catch (SQLException e) {
        // The pool closes what it will not lend again; all other failures are the statement's own.
        if (!connection.isClosed()) {
          throw e;
        }
      }
    }
    try (Connection other = connect()) {
      try {
        return work.with(other);
      } catch (SQLException e) {
        throw other.isClosed() && !LostSession.hasNoWarehouse(e) ? new ServerFailure(e) : e;
      }
    }
  }

  private Connection connect() throws ServerFailure {
    try {
      return dataSource.getConnection();
    } catch (SQLException e) {
      throw new ServerFailure(e);
    }
  }

  private Map<Key, Outcome> fail(List<Key> keys, Reason reason) {
    up = false;
    return new Unavailable(reason).forAll(keys);
  }

  private static Reason reason(SQLException e) {
    if (isSchemaError(e)) {
      return Reason.SCHEMA_MISMATCH;
    }
    return ServerFailure.is(e) ? Reason.STORE_UNREACHABLE : Reason.STORE_FAILED;
  }

  /** SQL state 57014: from outside, or by its own timeout. */
  private static boolean isCancelled(SQLException e) {
    return e instanceof SQLTimeoutException || "57014".equals(e.getSQLState());
  }

  /** SQL state class 22: some values have no result, such as a division by zero. */
  public static boolean isDataException(SQLException e) {
    return e.getSQLState() != null && e.getSQLState().startsWith("22");
  }

  /**
   * Whether a table, a column or a right is missing, or the statement is none: SQL state class 42,
   * or what a database without that class has for it.
   */
  public static boolean isSchemaError(SQLException e) {
    return e instanceof SQLSyntaxErrorException
        || (e.getSQLState() != null && e.getSQLState().startsWith("42"));
  }

  /** What looks like a row that cannot be read may be a connection that has gone. */
  public static void throwIfLost(Connection connection, UnreadableRowException row)
      throws SQLException {
    if (row.getCause() instanceof SQLException e
        && (LostSession.isLost(e) || connection.isClosed())) {
      throw e;
    }
  }

  /** On the way of every statement: a volatile write where it changes something, else none. */
  private void wentWell() {
    if (!up) {
      up = true;
      log.wentWell();
    }
  }

  private static Timer queryTimer(MeterRegistry meters, String name, String outcome) {
    return Timer.builder("papi.store.query")
        .description(
            "Statements, from taking a connection to the last row, of a stream to its first")
        .tag("dataset", name)
        .tag("outcome", outcome)
        .register(meters);
  }
}
