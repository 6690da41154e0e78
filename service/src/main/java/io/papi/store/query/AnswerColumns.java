package io.papi.store.query;

import io.micrometer.core.instrument.MeterRegistry;
import io.papi.query.Query;
import io.papi.rows.ValueKind;
import io.papi.store.Dialect;
import io.papi.store.ResultColumns;
import io.papi.store.ResultColumns.Column;
import io.papi.store.SchemaMismatchException;
import io.papi.store.StoreContact;
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
import org.jspecify.annotations.Nullable;

/**
 * Which columns a query's answers have, as the first contact with the database tells. Thread-safe.
 */
final class AnswerColumns {
  private final Query query;
  private final String subject;
  private final Binds binds;
  private final Rendering rendering;

  private volatile @Nullable ResultColumns known;

  /**
   * @param subject whose they are, as in "query top-customers"
   */
  AnswerColumns(Query query, String subject, Binds binds, MeterRegistry meters) {
    this.query = query;
    this.subject = subject;
    this.binds = binds;
    this.rendering = new Rendering(query.name(), query.largeNumbersAsStrings(), meters);
  }

  /**
   * Reads them where that has not been done yet.
   *
   * @return whether the database could be reached
   * @throws SchemaMismatchException if it does not take the SQL
   */
  boolean check(StoreContact contact) {
    return contact.check(
        this::of,
        failure ->
            "%s: the database does not take its SQL: %s (SQL state %s, code %d); queries.%s.enabled = false leaves the query out"
                .formatted(
                    subject,
                    "a name in it does not exist, two columns have one name, this user has no"
                        + " right, or it is no SQL",
                    failure.getSQLState(),
                    failure.getErrorCode(),
                    query.name()));
  }

  /** Their names in their order; none before the first contact. */
  List<String> names() {
    return Optional.ofNullable(known).map(ResultColumns::names).orElse(List.of());
  }

  /** What their values are; none before the first contact. */
  List<ValueKind> kinds() {
    return Optional.ofNullable(known).map(ResultColumns::kinds).orElse(List.of());
  }

  /** The columns, read from the database where they are not known. */
  ResultColumns of(Connection connection) throws SQLException {
    ResultColumns columns = known;
    if (columns == null) {
      columns = read(connection);
      known = columns;
    }
    return columns;
  }

  /**
   * Has the database read the whole statement, for no rows.
   *
   * @throws SchemaMismatchException if a column has a type without a form in JSON, or the name of
   *     another one
   */
  private ResultColumns read(Connection connection) throws SQLException {
    Dialect dialect = Dialect.of(connection);
    String none = "SELECT * FROM (" + binds.sql(dialect) + ") AS papi_query WHERE 1 = 0";
    try (PreparedStatement statement = connection.prepareStatement(none)) {
      binds.bindSamples(statement);
      try (ResultSet rows = statement.executeQuery()) {
        return columns(dialect, rows.getMetaData());
      }
    }
  }

  private ResultColumns columns(Dialect dialect, ResultSetMetaData result) throws SQLException {
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
