package io.papi.store;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.papi.dataset.Dataset;
import io.papi.dataset.KeyType;
import io.papi.dataset.SqlName;
import io.papi.lookup.Key;
import io.papi.lookup.Loader;
import io.papi.lookup.Outcome;
import io.papi.lookup.Outcome.Reason;
import io.papi.lookup.Outcome.Unavailable;
import io.papi.lookup.Row;
import io.papi.lookup.Ticker;
import io.papi.store.value.Rendering;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one dataset in a SQL database.
 *
 * <p>More keys than {@code maxBatch} become several statements, one after the other. The table's
 * metadata are checked against the configuration at the first contact, and a result's types against
 * those of the first contact. A row that cannot be shown fails alone. Thread-safe; as many
 * statements run as threads call.
 */
public final class SqlStore implements Loader {
  private final Dataset dataset;
  private final Rendering rendering;
  private final KeyStatement statement;
  private final DataSource dataSource;
  private final int maxBatch;
  private final Ticker ticker;
  private final StoreLog log;
  private final Timer succeeded;
  private final Timer failed;
  private final DistributionSummary batchKeys;

  private volatile @Nullable TableSchema schema;
  private volatile boolean up;

  public SqlStore(
      Dataset dataset, DataSource dataSource, int maxBatch, MeterRegistry meters, Ticker ticker) {
    this.dataset = dataset;
    this.rendering = new Rendering(dataset, meters);
    this.statement = new KeyStatement(dataset, new UnreadableRows(dataset, meters, ticker), ticker);
    this.dataSource = dataSource;
    this.maxBatch = maxBatch;
    this.ticker = ticker;
    this.log = new StoreLog(dataset.name(), ticker);
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
      wentWell();
      return true;
    } catch (SQLException e) {
      if (isSchemaError(e)) {
        throw new SchemaMismatchException(
            "dataset "
                + dataset.name()
                + ": table "
                + dataset.table()
                + " cannot be read: it does not exist, or this user has no right to it (SQL state "
                + e.getSQLState()
                + ", code "
                + e.getErrorCode()
                + "); datasets."
                + dataset.name()
                + ".enabled = false leaves the dataset out");
      }
      if (e.getCause() != null) {
        // Without a cause the pool is merely still opening its first connection.
        log.failed(e);
      }
      return false;
    }
  }

  /** Whether the last contact with the database went well. */
  public boolean isUp() {
    return up;
  }

  /**
   * The row that stands in for the one with this key; empty if the dataset has none, or its table
   * has not been seen yet.
   */
  public Optional<Row> defaultRow(Key key) {
    return Optional.ofNullable(schema).flatMap(TableSchema::defaultRow).map(row -> row.of(key));
  }

  /**
   * The names of an answer's columns, in its order and as it shows them. Where the configuration
   * leaves them out, none until the first contact with the database.
   */
  public List<String> columns() {
    TableSchema known = schema;
    if (known != null) {
      return known.columns();
    }
    return dataset.columns().stream().map(SqlName::unquoted).toList();
  }

  @Override
  public Map<Key, Outcome> load(Set<Key> keys) {
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
    Timer timer = failed;
    Map<Key, Outcome> outcomes;
    try {
      outcomes = ask(keys);
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

  /** Asks, and once more by another connection where the first one turns out to be lost. */
  private Map<Key, Outcome> ask(List<Key> keys) throws SQLException {
    try (Connection connection = connect()) {
      try {
        return statement.read(connection, schema(connection), keys);
      } catch (SQLException e) {
        // The pool closes what it will not lend again; all other failures are the statement's own.
        if (!connection.isClosed()) {
          throw e;
        }
      }
    }
    try (Connection other = connect()) {
      try {
        return statement.read(other, schema(other), keys);
      } catch (SQLException e) {
        throw other.isClosed() ? new ServerFailure(e) : e;
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

  private TableSchema schema(Connection connection) throws SQLException {
    TableSchema known = schema;
    if (known == null) {
      known = TableSchema.read(connection, dataset, rendering);
      new StatementTrial(dataset, statement).run(connection, known);
      if (dataset.keyType() instanceof KeyType.Text) {
        TextComparison.check(connection, dataset);
      }
      schema = known;
    }
    return known;
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

  /** SQL state class 42: a table, a column or a right is missing. */
  static boolean isSchemaError(SQLException e) {
    return e.getSQLState() != null && e.getSQLState().startsWith("42");
  }

  /** On the way of every statement: a volatile write where it changes something, else none. */
  private void wentWell() {
    if (!up) {
      up = true;
      log.wentWell();
    }
  }

  private Timer queryTimer(MeterRegistry meters, String outcome) {
    return Timer.builder("papi.store.query")
        .description("Statements, from taking a connection to the last row")
        .tag("dataset", dataset.name())
        .tag("outcome", outcome)
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
