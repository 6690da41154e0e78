package io.papi.store.embedded;

import io.papi.dataset.StoreIdentity;
import io.papi.store.embedded.latency.Latency;
import io.papi.store.embedded.latency.SimulatedTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A database in this process's memory, filled with the tables that the settings name. Thread-safe.
 */
public final class EmbeddedStore implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedStore.class);

  /** Words that are names in Snowflake too, as in {@code MONTH(o_orderdate) AS month}. */
  private static final String NAMES =
      ";NON_KEYWORDS=DAY,GROUPS,HOUR,KEY,MINUTE,MONTH,SECOND,VALUE,YEAR";

  private final JdbcDataSource database;
  private final DataSource dataSource;
  private final DataSource streams;
  private final StoreIdentity identity;

  private EmbeddedStore(
      JdbcDataSource database, DataSource dataSource, DataSource streams, StoreIdentity identity) {
    this.database = database;
    this.dataSource = dataSource;
    this.streams = streams;
    this.identity = identity;
  }

  /**
   * Makes a database with the tables, and with the latency, that the settings say.
   *
   * @throws CannotLoadException if something that it is to be filled with cannot be used
   */
  public static EmbeddedStore load(EmbeddedSettings settings) {
    JdbcDataSource database = new JdbcDataSource();
    // A database of this object's own, whose catalog is called API as in Snowflake.
    String url = "jdbc:h2:mem:" + UUID.randomUUID() + "/" + TableName.CATALOG + NAMES;
    database.setUrl(url + ";DB_CLOSE_DELAY=-1");
    try {
      byte[] contents = new DatabaseLoad(settings, database).run();
      database.setUrl(url + ";SCHEMA=" + TableName.DEFAULT_SCHEMA);
      StoreIdentity identity =
          new StoreIdentity(List.of("embedded", HexFormat.of().formatHex(contents)));
      JdbcDataSource lazy = new JdbcDataSource();
      lazy.setUrl(database.getUrl() + ";LAZY_QUERY_EXECUTION=1");
      return new EmbeddedStore(
          database, simulated(database, settings), simulated(lazy, settings), identity);
    } catch (SQLException e) {
      shutDown(database);
      throw new IllegalStateException("the embedded store could not be made", e);
    } catch (CannotLoadException e) {
      shutDown(database);
      throw e;
    }
  }

  private static DataSource simulated(DataSource database, EmbeddedSettings settings) {
    Latency latency = settings.latency();
    if (latency.isNone()) {
      return database;
    }
    LOG.info(
        "embedded store: a statement takes {} ms at the median and {} ms at P99, {} run at once",
        latency.p50().toMillis(),
        latency.p99().toMillis(),
        settings.statements());
    return new SimulatedTable(
            () -> latency.draw(ThreadLocalRandom.current()), settings.statements(), Thread::sleep)
        .over(database);
  }

  public DataSource dataSource() {
    return dataSource;
  }

  /** The same for streams: a row is computed when it is read, not all of them at first. */
  public DataSource streams() {
    return streams;
  }

  /** A hash of all that is in it: two that were filled with the same are the same. */
  public StoreIdentity identity() {
    return identity;
  }

  /** Drops the database. */
  @Override
  public void close() {
    shutDown(database);
  }

  private static void shutDown(DataSource database) {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("SHUTDOWN IMMEDIATELY");
    } catch (SQLException e) {
      LOG.warn("the embedded store did not close: SQL state {}", e.getSQLState());
    }
  }
}
