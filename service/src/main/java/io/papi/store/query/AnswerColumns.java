package io.papi.store.query;

import io.papi.store.Dialect;
import io.papi.store.ResultColumns;
import io.papi.store.ResultColumns.Column;
import io.papi.store.SchemaMismatchException;
import io.papi.store.value.ColumnType;
import io.papi.store.value.Rendering;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds out which columns a query's answers have, at the first contact. */
final class AnswerColumns {
  private AnswerColumns() {}

  /**
   * Has the database read the whole statement, for no rows.
   *
   * @param subject whose it is, as in "query top-customers"
   * @throws SchemaMismatchException if a column has a type without a form in JSON, or the name of
   *     another one
   */
  static ResultColumns read(Connection connection, Binds binds, String subject, Rendering rendering)
      throws SQLException {
    Dialect dialect = Dialect.of(connection);
    String none = "SELECT * FROM (" + binds.sql(dialect) + ") AS papi_query WHERE 1 = 0";
    try (PreparedStatement statement = connection.prepareStatement(none)) {
      binds.bindSamples(statement);
      try (ResultSet rows = statement.executeQuery()) {
        return columns(dialect, rows.getMetaData(), subject, rendering);
      }
    }
  }

  private static ResultColumns columns(
      Dialect dialect, ResultSetMetaData result, String subject, Rendering rendering)
      throws SQLException {
    List<String> wrong = new ArrayList<>();
    List<Column> columns = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int index = 1; index <= result.getColumnCount(); index++) {
      String name = result.getColumnLabel(index);
      Optional<ColumnType> type = dialect.type(result, index);
      if (!names.add(name)) {
        wrong.add("two columns are called " + name + ": give one of them another name by AS");
      } else if (type.isEmpty()) {
        wrong.add("column " + name + " has a type without a JSON form");
      } else {
        columns.add(new Column(name, index, type.get()));
      }
    }
    if (!wrong.isEmpty()) {
      throw new SchemaMismatchException(subject + ": " + String.join("; ", wrong));
    }
    return new ResultColumns(subject, dialect, columns, rendering);
  }
}
