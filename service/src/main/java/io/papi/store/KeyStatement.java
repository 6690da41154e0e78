package io.papi.store;

import io.papi.dataset.Dataset;
import io.papi.dataset.KeyType;
import io.papi.lookup.Key;
import io.papi.lookup.Origin;
import io.papi.lookup.Outcome;
import io.papi.lookup.Outcome.Absent;
import io.papi.lookup.Outcome.Found;
import io.papi.lookup.Row;
import io.papi.lookup.Ticker;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The statement that asks for the rows of some keys of a dataset. Immutable and thread-safe.
 *
 * <p>It asks for 1, 2, 4, 8, … keys, so that the database sees few distinct texts; the last key is
 * bound again where there are fewer. Keys are bound, never written into the text.
 */
final class KeyStatement {
  /** Longest number that a {@code long} holds whatever its digits. */
  private static final int LONG_DIGITS = 18;

  private final Dataset dataset;
  private final Ticker ticker;

  KeyStatement(Dataset dataset, Ticker ticker) {
    this.dataset = dataset;
    this.ticker = ticker;
  }

  /**
   * Reads the rows of {@code keys}.
   *
   * @throws SchemaMismatchException if the result's types are not the table's of the first contact,
   *     or a key has two rows
   */
  Map<Key, Outcome> read(Connection connection, TableSchema table, List<Key> keys)
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
}
