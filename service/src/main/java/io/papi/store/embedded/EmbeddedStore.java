package io.papi.store.embedded;

import io.papi.dataset.SqlName;
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
 * A database in this process's memory, filled with the tables that the settings name. Thread-safe,
 * but for {@link #fill}.
 */
public final class EmbeddedStore implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedStore.class);

  /** Words that are names in Snowflake too, as in {@code MONTH(o_orderdate) AS month}. */
  private static final String NAMES =
      ";NON_KEYWORDS=DAY,GROUPS,HOUR,KEY,MINUTE,MONTH,SECOND,VALUE,YEAR";

  private final EmbeddedSettings settings;
  private final DataSource database;
  private final DataSource dataSource;
  private final DataSource streams;

  private EmbeddedStore(EmbeddedSettings settings, DataSource database, DataSource lazy) {
    this.settings = settings;
    this.database = database;
    this.dataSource = simulated(database, settings);
    this.streams = simulated(lazy, settings);
  }

  /** Makes a database without tables, and with the latency that the settings say. */
  public static EmbeddedStore open(EmbeddedSettings settings) {
    // A database of this object's own, whose catalog is called API as in Snowflake.
    String url = "jdbc:h2:mem:" + UUID.randomUUID() + "/" + TableName.CATALOG + NAMES;
    String schema = SqlName.quoted(TableName.DEFAULT_SCHEMA);
    try (Connection first = database(url + ";DB_CLOSE_DELAY=-1").getConnection();
        Statement statement = first.createStatement()) {
      statement.execute("CREATE SCHEMA " + schema);
    } catch (SQLException e) {
      throw new IllegalStateException("the embedded store could not be made", e);
    }
    String inSchema = url + ";SCHEMA=" + TableName.DEFAULT_SCHEMA;
    return new EmbeddedStore(
        settings, database(inSchema), database(inSchema + ";LAZY_QUERY_EXECUTION=1"));
  }

  /**
   * Fills it with the tables that the settings say; to be called once. Others may have connections
   * meanwhile.
   *
   * @return a hash of all that is in it: two that were filled with the same are the same
   * @throws CannotLoadException if something that it is to be filled with cannot be used
   */
  public StoreIdentity fill() {
    try {
      byte[] contents = new DatabaseLoad(settings, database).run();
      return new StoreIdentity(List.of("embedded", HexFormat.of().formatHex(contents)));
    } catch (SQLException e) {
      throw new IllegalStateException("the embedded store could not be filled", e);
    }
  }

  private static DataSource database(String url) {
    JdbcDataSource database = new JdbcDataSource();
    database.setUrl(url);
    return database;
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

  /** Drops the database. */
  @Override
  public void close() {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("SHUTDOWN IMMEDIATELY");
    } catch (SQLException e) {
      LOG.warn("the embedded store did not close: SQL state {}", e.getSQLState());
    }
  }
}
