package io.papi.store;

import static java.util.Objects.requireNonNull;

import io.papi.dataset.Dataset;
import io.papi.dataset.KeyType;
import io.papi.lookup.Key;
import io.papi.lookup.Origin;
import io.papi.lookup.Outcome;
import io.papi.lookup.Outcome.Absent;
import io.papi.lookup.Outcome.Found;
import io.papi.lookup.Outcome.Unreadable;
import io.papi.lookup.Row;
import io.papi.lookup.Ticker;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The statement that asks for the rows of some keys of a dataset. Immutable and thread-safe.
 *
 * <p>It asks for 1, 2, 4, 8, … keys, so that the database sees few distinct texts; the last key is
 * bound again where there are fewer. Keys are bound, never written into the text.
 */
final class KeyStatement {
  /** This many digits fit into a {@code long}, whatever they are. */
  private static final int LONG_DIGITS = 18;

  /** After this many statements of one load, no answer leads to further ones. */
  private static final int MAX_HALVED = 32;

  private final Dataset dataset;
  private final UnreadableRows unreadable;
  private final Ticker ticker;

  KeyStatement(Dataset dataset, UnreadableRows unreadable, Ticker ticker) {
    this.dataset = dataset;
    this.unreadable = unreadable;
    this.ticker = ticker;
  }

  /**
   * What one statement brought.
   *
   * @param rows the JSON of the rows by key; empty where they cannot be shown
   * @param fits whether all rows had keys that were asked for
   * @param nanos how long the statement took
   */
  private record Answer(Map<Key, Optional<byte[]>> rows, boolean fits, long readAt, long nanos) {

    Outcome of(Key key, Origin origin) {
      return requireNonNull(rows.get(key), "no row")
          .<Outcome>map(json -> new Found(Row.loaded(json), readAt, origin))
          .orElseGet(() -> new Unreadable(readAt, origin));
    }
  }

  /**
   * Reads the rows of {@code keys}. A row that cannot be shown does no harm to others.
   *
   * <p>If a row comes with a key that nobody asked for, a key without a row may be the one that it
   * came for. So those without a row are asked for again, in halves, until an answer fits or the
   * key is alone: only that is unreadable. Where that takes too many statements, so are those that
   * are left.
   *
   * @throws SchemaMismatchException if the result's types are not the table's of the first contact
   */
  Map<Key, Outcome> read(Connection connection, TableSchema table, List<Key> keys)
      throws SQLException {
    Map<Key, Outcome> outcomes = HashMap.newHashMap(keys.size());
    Deque<List<Key>> parts = new ArrayDeque<>();
    parts.add(keys);
    for (int statements = 1; !parts.isEmpty(); statements++) {
      List<Key> part = parts.remove();
      Answer answer = ask(connection, table, part);
      Origin origin = Origin.of(Origin.Layer.STORE, answer.nanos());
      List<Key> rest = new ArrayList<>();
      for (Key key : part) {
        if (answer.rows().containsKey(key)) {
          outcomes.put(key, answer.of(key, origin));
        } else {
          rest.add(key);
        }
      }
      boolean isDecided = answer.fits() || part.size() == 1 || statements >= MAX_HALVED;
      if (isDecided) {
        for (Key key : rest) {
          outcomes.put(key, withoutRow(answer, origin));
        }
      } else {
        int half = (rest.size() + 1) / 2;
        addUnlessEmpty(parts, rest.subList(0, half));
        addUnlessEmpty(parts, rest.subList(half, rest.size()));
      }
    }
    return outcomes;
  }

  private static void addUnlessEmpty(Deque<List<Key>> parts, List<Key> part) {
    if (!part.isEmpty()) {
      parts.add(part);
    }
  }

  private Outcome withoutRow(Answer answer, Origin origin) {
    if (answer.fits()) {
      return new Absent(answer.readAt(), origin);
    }
    unreadable.notAsked(dataset.keyColumn());
    return new Unreadable(answer.readAt(), origin);
  }

  private Answer ask(Connection connection, TableSchema table, List<Key> keys) throws SQLException {
    int size = paddedSize(keys.size());
    try (PreparedStatement statement = connection.prepareStatement(sql(table, size))) {
      for (int i = 0; i < size; i++) {
        bind(statement, i + 1, keys.get(Math.min(i, keys.size() - 1)));
      }
      long readAt = ticker.nanos();
      try (ResultSet rows = statement.executeQuery()) {
        table.check(rows.getMetaData());
        Map<Key, Optional<byte[]>> byKey = HashMap.newHashMap(keys.size());
        boolean fits = true;
        Set<Key> asked = Set.copyOf(keys);
        while (rows.next()) {
          Optional<Key> key = key(connection, table, rows).filter(asked::contains);
          if (key.isEmpty()) {
            fits = false;
          } else if (byKey.containsKey(key.get())) {
            unreadable.notUnique(dataset.keyColumn());
            byKey.put(key.get(), Optional.empty());
          } else {
            byKey.put(key.get(), json(connection, table, rows));
          }
        }
        return new Answer(byKey, fits, readAt, ticker.nanos() - readAt);
      }
    }
  }

  private static Optional<Key> key(Connection connection, TableSchema table, ResultSet rows)
      throws SQLException {
    try {
      return Optional.of(table.key(rows));
    } catch (UnreadableRowException e) {
      StoreContact.throwIfLost(connection, e);
      return Optional.empty();
    }
  }

  private Optional<byte[]> json(Connection connection, TableSchema table, ResultSet rows)
      throws SQLException {
    try {
      return Optional.of(table.json(rows));
    } catch (UnreadableRowException e) {
      StoreContact.throwIfLost(connection, e);
      unreadable.noForm(e);
      return Optional.empty();
    }
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
