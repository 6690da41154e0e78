package io.papi.store;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.papi.dataset.Dataset;
import io.papi.dataset.KeyType;
import io.papi.lookup.Key;
import io.papi.lookup.Lookup;
import io.papi.lookup.Need;
import io.papi.lookup.Origin;
import io.papi.lookup.Outcome;
import io.papi.lookup.Outcome.Absent;
import io.papi.lookup.Outcome.Found;
import io.papi.lookup.Outcome.Reason;
import io.papi.lookup.Outcome.Unavailable;
import io.papi.lookup.Row;
import io.papi.lookup.Ticker;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rows of one dataset in a SQL database.
 *
 * <p>A statement asks for 1, 2, 4, 8, … ids, so that the database sees few distinct texts; the last
 * id is bound again where there are fewer, and more than {@code maxBatch} become several
 * statements. Ids are bound, never written into the text.
 *
 * <p>It takes the time that the database takes: a caller's deadline is kept in front of it. The
 * table's metadata are held against the configuration at the first contact, and a result's types
 * against those of the first contact. Thread-safe; as many statements run as threads call.
 */
public final class SqlStore implements Lookup {
  private static final Logger LOG = LoggerFactory.getLogger(SqlStore.class);

  /** Longest number that a {@code long} holds whatever its digits. */
  private static final int LONG_DIGITS = 18;

  private final Dataset dataset;
  private final Rendering rendering;
  private final DataSource dataSource;
  private final int maxBatch;
  private final Ticker ticker;
  private final Timer succeeded;
  private final Timer failed;
  private final DistributionSummary batchKeys;

  private volatile @Nullable TableSchema schema;
  private volatile boolean up;

  public SqlStore(
      Dataset dataset, DataSource dataSource, int maxBatch, MeterRegistry meters, Ticker ticker) {
    this.dataset = dataset;
    this.rendering = new Rendering(dataset, meters);
    this.dataSource = dataSource;
    this.maxBatch = maxBatch;
    this.ticker = ticker;
    this.succeeded = queryTimer(meters, "ok");
    this.failed = queryTimer(meters, "failed");
    this.batchKeys =
        DistributionSummary.builder("papi.store.batch.keys")
            .description("Ids asked for by one statement, before padding")
            .tag("dataset", dataset.name())
            .serviceLevelObjectives(powersOfTwo(maxBatch))
            .register(meters);
  }

  /**
   * Reads the table's metadata where that has not been done yet.
   *
   * @return whether the store could be reached
   * @throws SchemaMismatchException if the table is not what the dataset is configured to be
   */
  public boolean check() {
    try (Connection connection = dataSource.getConnection()) {
      schema(connection);
      up = true;
      return true;
    } catch (SQLException e) {
      if (isSchemaError(e)) {
        throw new SchemaMismatchException(
            "dataset " + dataset.name() + ": table " + dataset.table() + " cannot be read");
      }
      if (e.getCause() != null) {
        // Without a cause the pool is merely still opening its first connection.
        warn(e);
      }
      return false;
    }
  }

  /** Whether the last contact with the database went well. */
  public boolean isUp() {
    return up;
  }

  @Override
  public Map<Key, Outcome> find(Set<Key> keys, Need need) {
    Map<Key, Outcome> outcomes = HashMap.newHashMap(keys.size());
    List<Key> all = List.copyOf(keys);
    for (int from = 0; from < all.size(); from += maxBatch) {
      List<Key> batch = all.subList(from, Math.min(all.size(), from + maxBatch));
      outcomes.putAll(query(batch));
    }
    return outcomes;
  }

  private Map<Key, Outcome> query(List<Key> keys) {
    batchKeys.record(keys.size());
    long start = ticker.nanos();
    try {
      Map<Key, Outcome> outcomes = ask(keys);
      up = true;
      succeeded.record(ticker.nanos() - start, TimeUnit.NANOSECONDS);
      return outcomes;
    } catch (SQLException e) {
      up = false;
      failed.record(ticker.nanos() - start, TimeUnit.NANOSECONDS);
      warn(e);
      return unavailable(keys, isSchemaError(e) ? Reason.SCHEMA_MISMATCH : Reason.STORE_FAILED);
    } catch (SchemaMismatchException e) {
      up = false;
      failed.record(ticker.nanos() - start, TimeUnit.NANOSECONDS);
      LOG.error("{}", e.getMessage());
      return unavailable(keys, Reason.SCHEMA_MISMATCH);
    } catch (RuntimeException e) {
      // Drivers throw these at answers that they do not understand.
      up = false;
      failed.record(ticker.nanos() - start, TimeUnit.NANOSECONDS);
      LOG.error("dataset {}: the driver failed: {}", dataset.name(), e.getClass().getName());
      LOG.debug("the driver failed", e);
      return unavailable(keys, Reason.STORE_FAILED);
    }
  }

  /** Asks, and once more by another connection where the first one turns out to be lost. */
  private Map<Key, Outcome> ask(List<Key> keys) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      try {
        return query(connection, schema(connection), keys);
      } catch (SQLException e) {
        // The pool closes what it will not lend again; all other failures are the statement's own.
        if (!connection.isClosed()) {
          throw e;
        }
      }
    }
    try (Connection other = dataSource.getConnection()) {
      return query(other, schema(other), keys);
    }
  }

  private Map<Key, Outcome> query(Connection connection, TableSchema table, List<Key> keys)
      throws SQLException {
    int size = paddedSize(keys.size());
    Map<Key, byte[]> rowsByKey = HashMap.newHashMap(keys.size());
    long readAt;
    long cost;
    try (PreparedStatement statement = connection.prepareStatement(sql(table, size))) {
      for (int i = 0; i < size; i++) {
        bind(statement, i + 1, keys.get(Math.min(i, keys.size() - 1)));
      }
      readAt = ticker.nanos();
      try (ResultSet rows = statement.executeQuery()) {
        table.check(rows.getMetaData());
        while (rows.next()) {
          Key key = table.key(rows);
          if (rowsByKey.put(key, table.json(rows)) != null) {
            throw new SchemaMismatchException(
                "dataset "
                    + dataset.name()
                    + ": key column "
                    + dataset.keyColumn()
                    + " is not unique");
          }
        }
      }
      cost = ticker.nanos() - readAt;
    }
    Origin origin = Origin.of(Origin.Layer.STORE, cost);
    Map<Key, Outcome> outcomes = HashMap.newHashMap(keys.size());
    for (Key key : keys) {
      byte[] json = rowsByKey.get(key);
      outcomes.put(
          key,
          json == null
              ? new Absent(readAt, origin)
              : new Found(Row.loaded(json, cost), readAt, origin));
    }
    return outcomes;
  }

  private TableSchema schema(Connection connection) throws SQLException {
    TableSchema known = schema;
    if (known == null) {
      known = TableSchema.read(connection, dataset, rendering);
      schema = known;
    }
    return known;
  }

  private String sql(TableSchema table, int size) {
    String where = size == 1 ? " = ?" : " IN (?" + ", ?".repeat(size - 1) + ")";
    return "SELECT "
        + table.selected()
        + " FROM "
        + dataset.table()
        + " WHERE "
        + dataset.keyColumn()
        + where;
  }

  private void bind(PreparedStatement statement, int index, Key key) throws SQLException {
    switch (dataset.keyType()) {
      case KeyType.Whole _ -> {
        if (key.text().length() <= LONG_DIGITS) {
          statement.setLong(index, Long.parseLong(key.text()));
        } else {
          statement.setBigDecimal(index, new BigDecimal(key.text()));
        }
      }
      case KeyType.Text _ -> statement.setString(index, key.text());
    }
  }

  /** The smallest power of two that is at least {@code keys}. */
  private static int paddedSize(int keys) {
    return keys == 1 ? 1 : Integer.highestOneBit(keys - 1) << 1;
  }

  private static Map<Key, Outcome> unavailable(List<Key> keys, Reason reason) {
    Map<Key, Outcome> outcomes = HashMap.newHashMap(keys.size());
    for (Key key : keys) {
      outcomes.put(key, new Unavailable(reason));
    }
    return outcomes;
  }

  /** SQL state class 42: a table, a column or a right is missing. */
  private static boolean isSchemaError(SQLException e) {
    return e.getSQLState() != null && e.getSQLState().startsWith("42");
  }

  /** Logs what is safe to log: a driver's message may carry the statement. */
  private void warn(SQLException e) {
    SQLException cause = e;
    while (cause.getCause() instanceof SQLException inner) {
      // The pool's "no connection" says why in what it wraps.
      cause = inner;
    }
    LOG.warn(
        "dataset {}: the store failed: {}, SQL state {}, code {}",
        dataset.name(),
        cause.getClass().getSimpleName(),
        cause.getSQLState(),
        cause.getErrorCode());
  }

  private Timer queryTimer(MeterRegistry meters, String outcome) {
    return Timer.builder("papi.store.query")
        .description("Statements, from taking a connection to the last row")
        .tag("dataset", dataset.name())
        .tag("outcome", outcome)
        .publishPercentileHistogram()
        .register(meters);
  }

  private static double[] powersOfTwo(int max) {
    List<Double> sizes = new ArrayList<>();
    for (double size = 1; size <= max; size *= 2) {
      sizes.add(size);
    }
    return sizes.stream().mapToDouble(Double::doubleValue).toArray();
  }

  @Override
  public String toString() {
    return "sql";
  }
}
