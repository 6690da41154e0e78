package io.papi.store;

import io.papi.dataset.Dataset;
import io.papi.dataset.SqlName;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The columns that a table has, found as SQL finds them: a name without quotes means the one in
 * capital letters, and a name with quotes the one that is written just like it. Immutable.
 */
final class TableNames {
  private final Dataset dataset;
  private final List<String> names;

  private TableNames(Dataset dataset, List<String> names) {
    this.dataset = dataset;
    this.names = List.copyOf(names);
  }

  static TableNames of(Dataset dataset, ResultSetMetaData table) throws SQLException {
    List<String> names = new ArrayList<>();
    for (int i = 1; i <= table.getColumnCount(); i++) {
      names.add(table.getColumnName(i));
    }
    return new TableNames(dataset, names);
  }

  /**
   * The place of a column, counted from 1.
   *
   * @param name as it is configured
   * @throws SchemaMismatchException if there is none, or only one in other letters, with how that
   *     is to be written
   */
  int find(String name) {
    String exact = SqlName.exact(name);
    int index = names.indexOf(exact);
    if (index >= 0) {
      return index + 1;
    }
    String near =
        names.stream()
            .filter(each -> each.equalsIgnoreCase(exact))
            .findFirst()
            .map(each -> ", but " + each + ": write it as " + inConfiguration(each))
            .orElse("");
    throw new SchemaMismatchException(
        "table " + dataset.table() + " has no column " + exact + near);
  }

  /** All columns in the table's order, each between quotes, so that none is taken for a word. */
  List<String> all() {
    return names.stream().map(SqlName::quoted).toList();
  }

  /** A name with its quotes, as a configuration file has it. */
  static String inConfiguration(String name) {
    return '"' + SqlName.quoted(name).replace("\"", "\\\"") + '"';
  }
}
