package io.papi.store;

import io.papi.dataset.Dataset;
import io.papi.dataset.KeyType;
import io.papi.dataset.SqlName;
import io.papi.lookup.Key;
import io.papi.rows.ValueKind;
import io.papi.store.ResultColumns.Column;
import io.papi.store.value.ColumnType;
import io.papi.store.value.Rendering;
import io.papi.store.value.WrittenValue;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.ByteArrayBuilder;

/**
 * A dataset's table as its metadata describe it: which columns a statement asks for, and how a row
 * of its result becomes a key and JSON bytes. Immutable and thread-safe.
 */
final class TableSchema {
  private static final int USUAL_ROW_BYTES = 1024;

  private final Dataset dataset;
  private final ResultColumns columns;
  private final String selected;
  private final Column key;
  private final Optional<DefaultRow> defaultRow;
  private final JsonFactory jsonFactory = new JsonFactory();

  /**
   * @param selected the columns and the key, as a statement names them
   */
  private TableSchema(
      Dataset dataset,
      ResultColumns columns,
      String selected,
      Column key,
      Optional<DefaultRow> defaultRow) {
    this.dataset = dataset;
    this.columns = columns;
    this.selected = selected;
    this.key = key;
    this.defaultRow = defaultRow;
  }

  /**
   * Reads the metadata of a dataset's table and checks the configuration against them.
   *
   * @throws SchemaMismatchException if a column is missing or of a type without a form in JSON, or
   *     the key column's type is not the configured one, or a view or the default row does not fit;
   *     it names dataset and column
   */
  static TableSchema read(Connection connection, Dataset dataset, Rendering rendering)
      throws SQLException {
    Dialect dialect = Dialect.of(connection);
    try (PreparedStatement statement =
            connection.prepareStatement("SELECT * FROM " + dataset.table() + " WHERE 1 = 0");
        ResultSet none = statement.executeQuery()) {
      ResultSetMetaData table = none.getMetaData();
      TableNames names = TableNames.of(dataset, table);
      List<String> wrong = new ArrayList<>();
      List<Column> columns = new ArrayList<>();
      List<String> selected = new ArrayList<>();
      List<DefaultRow.Column> held = new ArrayList<>();
      for (String name : dataset.columns().isEmpty() ? names.all() : dataset.columns()) {
        try {
          int index = names.find(name);
          Column column = column(dialect, table, index, name, columns.size() + 1);
          columns.add(column);
          selected.add(name);
          held.add(
              new DefaultRow.Column(
                  column.name().getValue(),
                  SqlName.exact(name),
                  WrittenValue.of(column.type(), table, index)));
        } catch (SchemaMismatchException e) {
          wrong.add(String.valueOf(e.getMessage()));
        }
      }
      Column key = key(dataset, dialect, table, names, columns.size() + 1, wrong);
      if (wrong.isEmpty()) {
        RulesCheck.check(dataset, held, wrong);
      }
      Optional<DefaultRow> defaultRow = DefaultRow.of(dataset, held, rendering, wrong);
      if (!wrong.isEmpty()) {
        throw new SchemaMismatchException(prefix(dataset) + String.join("; ", wrong));
      }
      selected.add(dataset.keyColumn());
      return new TableSchema(
          dataset,
          new ResultColumns("dataset " + dataset.name(), dialect, columns, rendering),
          String.join(", ", selected),
          key,
          defaultRow);
    }
  }

  private static Column key(
      Dataset dataset,
      Dialect dialect,
      ResultSetMetaData table,
      TableNames names,
      int resultIndex,
      List<String> wrong)
      throws SQLException {
    String name = dataset.keyColumn();
    try {
      int index = names.find(name);
      checkKey(dataset, table, index);
      return column(dialect, table, index, name, resultIndex);
    } catch (SchemaMismatchException e) {
      wrong.add(String.valueOf(e.getMessage()));
      return new Column(name, 0, ColumnType.TEXT);
    }
  }

  /** What stands in for missing rows; empty if the dataset has nothing. */
  Optional<DefaultRow> defaultRow() {
    return defaultRow;
  }

  /** What a statement selects: the columns of an answer, then the key. */
  String selected() {
    return selected;
  }

  /** The names of the columns of an answer, in its order and as it shows them. */
  List<String> columns() {
    return columns.names();
  }

  /** What the values of each column of an answer are. */
  List<ValueKind> kinds() {
    return columns.kinds();
  }

  /**
   * Checks the metadata of a statement's result against those of the first contact.
   *
   * @throws SchemaMismatchException if a column's type has changed
   */
  void check(ResultSetMetaData result) throws SQLException {
    columns.check(result);
    columns.check(result, key);
  }

  /**
   * The key of the current row.
   *
   * @throws UnreadableRowException if it has none
   */
  Key key(ResultSet rows) throws UnreadableRowException {
    try {
      return switch (dataset.keyType()) {
        case KeyType.Whole _ -> {
          BigDecimal value = rows.getBigDecimal(key.index());
          yield new Key(value.toBigIntegerExact().toString());
        }
        case KeyType.Text _ -> new Key(rows.getString(key.index()));
      };
    } catch (SQLException | RuntimeException e) {
      throw new UnreadableRowException(dataset.keyColumn(), e);
    }
  }

  /**
   * The current row as a JSON object.
   *
   * @throws UnreadableRowException if it has a value without a form in JSON
   */
  byte[] json(ResultSet rows) throws UnreadableRowException {
    ByteArrayBuilder bytes = new ByteArrayBuilder(USUAL_ROW_BYTES);
    try (JsonGenerator json = jsonFactory.createGenerator(ObjectWriteContext.empty(), bytes)) {
      columns.write(json, rows);
    }
    return bytes.toByteArray();
  }

  private static Column column(
      Dialect dialect, ResultSetMetaData table, int index, String name, int resultIndex)
      throws SQLException {
    ColumnType type =
        dialect
            .type(table, index)
            .orElseThrow(
                () ->
                    new SchemaMismatchException(
                        "column " + name + " has a type without a JSON form"));
    return new Column(SqlName.unquoted(name), resultIndex, type);
  }

  private static void checkKey(Dataset dataset, ResultSetMetaData table, int index)
      throws SQLException {
    ColumnType type = ColumnType.of(table, index).orElse(ColumnType.BINARY);
    int precision = table.getPrecision(index);
    String key = "key column " + dataset.keyColumn();
    switch (dataset.keyType()) {
      case KeyType.Whole(int digits) -> {
        if (type != ColumnType.NUMBER || table.getScale(index) != 0) {
          throw new SchemaMismatchException(key + " does not hold whole numbers");
        }
        if (digits > precision) {
          throw new SchemaMismatchException(
              key
                  + " holds "
                  + precision
                  + " digits, configured are "
                  + digits
                  + ": lower "
                  + dataset.keySetting("length"));
        }
      }
      case KeyType.Text(int length) -> {
        if (type != ColumnType.TEXT) {
          throw new SchemaMismatchException(
              key
                  + " does not hold text: make it a column of text, or set "
                  + dataset.keySetting("type")
                  + " = whole");
        }
        if (length > precision) {
          throw new SchemaMismatchException(
              key
                  + " holds "
                  + precision
                  + " characters, configured are "
                  + length
                  + ": lower "
                  + dataset.keySetting("length"));
        }
        if (isPadded(table.getColumnType(index))) {
          throw new SchemaMismatchException(
              key + " is padded with blanks, as CHAR is: it does not compare exactly");
        }
      }
    }
  }

  private static boolean isPadded(int jdbcType) {
    return jdbcType == Types.CHAR || jdbcType == Types.NCHAR;
  }

  private static String prefix(Dataset dataset) {
    return "dataset " + dataset.name() + ": ";
  }
}
