package io.papi.store;

import io.papi.rows.RowSink;
import io.papi.rows.ValueKind;
import io.papi.rows.ValueSink;
import io.papi.store.value.ColumnType;
import io.papi.store.value.Rendering;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.io.SerializedString;

/**
 * The columns of a statement's result, as they were at the first contact, and how a row of it
 * becomes a JSON object. Immutable and thread-safe.
 */
public final class ResultColumns {
  private final String subject;
  private final Dialect dialect;
  private final List<Column> columns;
  private final Rendering rendering;

  /**
   * A column.
   *
   * @param name as an answer shows it
   * @param index its place in the result, counted from 1
   */
  public record Column(SerializedString name, int index, ColumnType type) {

    public Column(String name, int index, ColumnType type) {
      this(new SerializedString(name), index, type);
    }
  }

  /**
   * @param subject whose they are, as in "dataset customer"
   */
  public ResultColumns(String subject, Dialect dialect, List<Column> columns, Rendering rendering) {
    this.subject = subject;
    this.dialect = dialect;
    this.columns = List.copyOf(columns);
    this.rendering = rendering;
  }

  /** That of the database that they are in. */
  public Dialect dialect() {
    return dialect;
  }

  /** The names, in their order and as an answer shows them. */
  public List<String> names() {
    return columns.stream().map(column -> column.name().getValue()).toList();
  }

  /** What the values of each are, in their order. */
  public List<ValueKind> kinds() {
    return columns.stream().map(column -> column.type().kind()).toList();
  }

  /**
   * Checks that a result has these columns and no others.
   *
   * @throws SchemaMismatchException if one is gone, is new, or has changed its name or type
   */
  public void checkAll(ResultSetMetaData result) throws SQLException {
    int count = result.getColumnCount();
    if (count != columns.size()) {
      throw new SchemaMismatchException(
          subject + ": there are " + count + " columns by now, not " + columns.size());
    }
    for (Column column : columns) {
      if (!result.getColumnLabel(column.index()).equals(column.name().getValue())) {
        throw new SchemaMismatchException(
            subject + ": column " + column.name() + " has another name by now");
      }
    }
    check(result);
  }

  /**
   * Checks the types of a result against those of the first contact.
   *
   * @throws SchemaMismatchException if a column's type has changed
   */
  void check(ResultSetMetaData result) throws SQLException {
    for (Column column : columns) {
      check(result, column);
    }
  }

  /**
   * Checks one column, be it none of an answer's.
   *
   * @throws SchemaMismatchException if its type has changed
   */
  void check(ResultSetMetaData result, Column column) throws SQLException {
    if (!dialect.type(result, column.index()).equals(Optional.of(column.type()))) {
      throw new SchemaMismatchException(
          subject + ": column " + column.name() + " has changed its type");
    }
  }

  /**
   * Writes the current row as an object.
   *
   * @throws UnreadableRowException if it has a value without a form in JSON
   */
  public void write(JsonGenerator json, ResultSet row) throws UnreadableRowException {
    JsonSink values = new JsonSink(json);
    json.writeStartObject();
    for (Column column : columns) {
      json.writeName(column.name());
      writeValue(values, row, column);
    }
    json.writeEndObject();
  }

  /**
   * Gives the values of the current row, in their order.
   *
   * @throws UnreadableRowException if one has no form in JSON
   */
  public void give(RowSink rows, ResultSet row) throws UnreadableRowException {
    rows.beginRow();
    for (Column column : columns) {
      writeValue(rows, row, column);
    }
    rows.endRow();
  }

  /** Whatever a driver or the writer throws at a value, it is this row's own fault. */
  private void writeValue(ValueSink values, ResultSet row, Column column)
      throws UnreadableRowException {
    try {
      column.type().writeValue(values, row, column.index(), rendering);
    } catch (SQLException | RuntimeException e) {
      throw new UnreadableRowException(column.name().getValue(), e);
    }
  }
}
