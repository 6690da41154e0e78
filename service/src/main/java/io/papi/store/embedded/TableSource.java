package io.papi.store.embedded;

import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where the columns and rows of a table come from. Values are text that the database converts. */
public sealed interface TableSource permits TpcdsTable, TpchTable, CsvTable {

  /** A column as the table has it. */
  record Column(String name, String sqlType) {}

  /** What is done with a row. */
  @FunctionalInterface
  interface RowAction {
    void accept(@Nullable String[] row) throws SQLException;
  }

  /**
   * The columns, in the order of a row's values.
   *
   * @param keys names of columns that must have a value in each row, and never the same
   * @throws CannotLoadException if the source cannot be used; only a source that people write
   *     checks the keys
   */
  List<Column> columns(Set<String> keys);

  /**
   * Gives all rows to {@code action}, one after the other.
   *
   * @throws CannotLoadException if the source cannot be used
   * @throws SQLException if {@code action} throws it
   */
  void forEach(RowAction action) throws SQLException;
}
