package io.papi.store.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.papi.dataset.StoreIdentity;
import io.papi.lookup.Sha256;
import java.security.MessageDigest;
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
 * A database in this process's memory with the table {@code API.DATA.HYBRID_CUSTOMER} of
 * Snowflake's guide, its rows made by the TPC-DS generator. Thread-safe.
 */
public final class EmbeddedStore implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedStore.class);

  private static final String CREATE_TABLE =
      """
      CREATE SCHEMA DATA;
      CREATE TABLE API.DATA.HYBRID_CUSTOMER (
        C_CUSTOMER_SK NUMBER(38,0) PRIMARY KEY,
        C_CUSTOMER_ID VARCHAR(16),
        C_CURRENT_CDEMO_SK NUMBER(38,0),
        C_CURRENT_HDEMO_SK NUMBER(38,0),
        C_CURRENT_ADDR_SK NUMBER(38,0),
        C_FIRST_SHIPTO_DATE_SK NUMBER(38,0),
        C_FIRST_SALES_DATE_SK NUMBER(38,0),
        C_SALUTATION VARCHAR(10),
        C_FIRST_NAME VARCHAR(20),
        C_LAST_NAME VARCHAR(30),
        C_PREFERRED_CUST_FLAG VARCHAR(1),
        C_BIRTH_DAY NUMBER(38,0),
        C_BIRTH_MONTH NUMBER(38,0),
        C_BIRTH_YEAR NUMBER(38,0),
        C_BIRTH_COUNTRY VARCHAR(20),
        C_LOGIN VARCHAR(13),
        C_EMAIL_ADDRESS VARCHAR(50),
        C_LAST_REVIEW_DATE VARCHAR(10))
      """;

  private final JdbcDataSource database;
  private final DataSource dataSource;
  private final StoreIdentity identity;

  private EmbeddedStore(JdbcDataSource database, DataSource dataSource, StoreIdentity identity) {
    this.database = database;
    this.dataSource = dataSource;
    this.identity = identity;
  }

  /** Makes a database with this many customers, without simulated latency. */
  public static EmbeddedStore load(int rows) {
    return load(new EmbeddedSettings(rows, Latency.NONE, 1));
  }

  /** Makes a database with as many customers, and with the latency, that the settings say. */
  public static EmbeddedStore load(EmbeddedSettings settings) {
    int rows = settings.rows();
    JdbcDataSource database = new JdbcDataSource();
    // A database of this object's own, whose catalog is called API as in Snowflake.
    database.setUrl("jdbc:h2:mem:" + UUID.randomUUID() + "/API;DB_CLOSE_DELAY=-1");
    long start = System.nanoTime();
    MessageDigest contents = Sha256.digest();
    contents.update(CREATE_TABLE.getBytes(UTF_8));
    try (Connection connection = database.getConnection()) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(CREATE_TABLE);
      }
      TpcdsCustomers.insert(connection, "API.DATA.HYBRID_CUSTOMER", rows, contents);
    } catch (SQLException e) {
      throw new IllegalStateException("the embedded store could not be made", e);
    }
    LOG.info(
        "embedded store: {} customers in {} ms", rows, (System.nanoTime() - start) / 1_000_000);
    StoreIdentity identity =
        new StoreIdentity(List.of("embedded", HexFormat.of().formatHex(contents.digest())));
    return new EmbeddedStore(database, simulated(database, settings), identity);
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

  /**
   * A hash of the table and of all that is in it: two that were filled with the same are the same.
   */
  public StoreIdentity identity() {
    return identity;
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
