package io.papi.store;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.papi.dataset.Dataset;
import io.papi.dataset.KeyType;
import io.papi.dataset.SqlName;
import io.papi.lookup.Key;
import io.papi.lookup.Outcome;
import io.papi.lookup.Row;
import io.papi.lookup.Ticker;
import io.papi.rows.ValueKind;
import io.papi.store.value.Rendering;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
public final class SqlStore implements Source {
  private final Dataset dataset;
  private final Rendering rendering;
  private final KeyStatement statement;
  private final StoreContact contact;
  private final int maxBatch;
  private final DistributionSummary batchKeys;

  private volatile @Nullable TableSchema schema;

  public SqlStore(
      Dataset dataset, DataSource dataSource, int maxBatch, MeterRegistry meters, Ticker ticker) {
    this.dataset = dataset;
    this.rendering = new Rendering(dataset.name(), dataset.largeNumbersAsStrings(), meters);
    this.statement =
        new KeyStatement(
            dataset,
            new UnreadableRows(dataset.name(), "dataset " + dataset.name(), meters, ticker),
            ticker);
    this.contact =
        new StoreContact(dataset.name(), "dataset " + dataset.name(), dataSource, meters, ticker);
    this.maxBatch = maxBatch;
    this.batchKeys =
        DistributionSummary.builder("papi.store.batch.keys")
            .description("Ids asked for by one statement, before padding")
            .tag("dataset", dataset.name())
            .serviceLevelObjectives(powersOfTwo(maxBatch))
            .register(meters);
  }

  @Override
  public String name() {
    return dataset.name();
  }

  @Override
  public boolean check() {
    return contact.check(
        this::schema,
        failure ->
            "dataset %s: table %s cannot be read: it does not exist, or this user has no right to it (SQL state %s, code %d); datasets.%s.enabled = false leaves the dataset out"
                .formatted(
                    dataset.name(),
                    dataset.table(),
                    failure.getSQLState(),
                    failure.getErrorCode(),
                    dataset.ofRows()));
  }

  @Override
  public boolean isUp() {
    return contact.isUp();
  }

  /** The row that stands in for the one with this key; empty as the other. */
  public Optional<Row> defaultRow(Key key) {
    return defaultRow(dataset.keyColumn(), key);
  }

  /**
   * The row that stands in for one that was asked for; empty if the dataset has none, or its table
   * has not been seen yet.
   *
   * @param column by which it was asked for, as it is configured
   * @param value of that column
   */
  public Optional<Row> defaultRow(String column, Key value) {
    return Optional.ofNullable(schema)
        .flatMap(TableSchema::defaultRow)
        .map(row -> row.of(value, SqlName.exact(column)));
  }

  @Override
  public List<String> columns() {
    TableSchema known = schema;
    if (known != null) {
      return known.columns();
    }
    return dataset.columns().stream().map(SqlName::unquoted).toList();
  }

  @Override
  public List<ValueKind> kinds() {
    TableSchema known = schema;
    return known == null ? List.of() : known.kinds();
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
    return contact.load(keys, connection -> statement.read(connection, schema(connection), keys));
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
