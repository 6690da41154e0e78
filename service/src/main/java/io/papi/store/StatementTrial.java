package io.papi.store;

import io.papi.dataset.Dataset;
import io.papi.dataset.SqlName;
import io.papi.lookup.Key;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Runs the very statements that will run, at the first contact: a table's metadata do not tell that
 * a name needs quotes. Otherwise the start would accept what every answer fails on. Immutable.
 */
final class StatementTrial {
  /** It need not be there. */
  private static final Key ANY = new Key("0");

  private final Dataset dataset;
  private final KeyStatement statement;

  StatementTrial(Dataset dataset, KeyStatement statement) {
    this.dataset = dataset;
    this.statement = statement;
  }

  /**
   * Runs the statement for one key and the one for several.
   *
   * @throws SchemaMismatchException if the database does not take them; it names the column where
   *     it is one column's name
   */
  void run(Connection connection, TableSchema table) throws SQLException {
    try {
      statement.read(connection, table, List.of(ANY));
      statement.read(connection, table, List.of(ANY, ANY));
    } catch (SQLException e) {
      if (!StoreContact.isSchemaError(e)) {
        throw e;
      }
      throw new SchemaMismatchException("dataset " + dataset.name() + ": " + reason(connection, e));
    }
  }

  private String reason(Connection connection, SQLException failure) throws SQLException {
    Set<String> names = new LinkedHashSet<>(dataset.columns());
    names.add(dataset.keyColumn());
    for (String name : names) {
      if (!SqlName.isQuoted(name) && !isTaken(connection, name)) {
        return "the database does not take %s for the name of a column: write it as %s"
            .formatted(name, TableNames.inConfiguration(name.toUpperCase(Locale.ROOT)));
      }
    }
    return "table %s cannot be read by these columns (SQL state %s, code %d)"
        .formatted(dataset.table(), failure.getSQLState(), failure.getErrorCode());
  }

  private boolean isTaken(Connection connection, String name) throws SQLException {
    String sql = "SELECT " + name + " FROM " + dataset.table() + " WHERE 1 = 0";
    try (PreparedStatement selected = connection.prepareStatement(sql);
        ResultSet none = selected.executeQuery()) {
      return none.getMetaData().getColumnCount() == 1;
    } catch (SQLException e) {
      if (!StoreContact.isSchemaError(e)) {
        throw e;
      }
      return false;
    }
  }
}
