package io.papi.store.embedded;

import io.trino.tpcds.Results;
import io.trino.tpcds.Session;
import io.trino.tpcds.Table;
import io.trino.tpcds.column.ColumnType;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A table of the TPC-DS benchmark. Its rows are the same at every run.
 *
 * @param table its name in small letters, one of {@link #names}
 * @param scale the benchmark's scale factor; 10,000 is the one of Snowflake's sample database
 *     {@code TPCDS_SF10TCL}
 * @param rows the most rows
 */
public record TpcdsTable(String table, int scale, int rows) implements TableSource {
  /** The generator has a later version's name, Snowflake's sample database the first one's. */
  private static final Column LAST_REVIEW = new Column("C_LAST_REVIEW_DATE", "VARCHAR(10)");

  /** The tables that there are. */
  public static List<String> names() {
    return Table.getBaseTables().stream().map(Table::getName).toList();
  }

  @Override
  public List<Column> columns(Set<String> keys) {
    return Arrays.stream(Table.getTable(table).getColumns())
        .map(column -> column(column.getName().toUpperCase(Locale.ROOT), column.getType()))
        .toList();
  }

  @Override
  public void forEach(RowAction action) throws SQLException {
    Session session = Session.getDefaultSession().withScale(scale);
    Table generated = Table.getTable(table);
    long last = Math.min(rows, session.getScaling().getRowCount(generated));
    int done = 0;
    // one step makes several rows of some tables, and none of others
    for (List<List<String>> step : Results.constructResults(generated, 1, last, session)) {
      for (List<String> row : step) {
        if (done++ == rows) {
          return;
        }
        action.accept(row.toArray(String[]::new));
      }
    }
  }

  private static Column column(String name, ColumnType type) {
    if (name.equals(LAST_REVIEW.name() + "_SK")) {
      return LAST_REVIEW;
    }
    int precision = type.getPrecision().orElse(0);
    String sqlType =
        switch (type.getBase()) {
          case INTEGER, IDENTIFIER -> "NUMBER(38,0)";
          case DECIMAL -> "NUMBER(" + precision + "," + type.getScale().orElse(0) + ")";
          case CHAR, VARCHAR -> "VARCHAR(" + precision + ")";
          case DATE -> "DATE";
          case TIME -> "TIME";
        };
    return new Column(name, sqlType);
  }

  @Override
  public String toString() {
    return "tpcds." + table;
  }
}
