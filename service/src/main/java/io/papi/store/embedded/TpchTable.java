package io.papi.store.embedded;

import io.trino.tpch.TpchColumn;
import io.trino.tpch.TpchColumnType;
import io.trino.tpch.TpchEntity;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A table of the TPC-H benchmark. Its rows are the same at every run.
 *
 * @param table its name in small letters, one of {@link #names}
 * @param scale the benchmark's scale factor, such as 1 for Snowflake's sample database {@code
 *     TPCH_SF1}
 * @param rows the most rows
 */
public record TpchTable(String table, int scale, int rows) implements TableSource {
  /** What stands behind each value of a line; no value has one in it. */
  private static final Pattern SEPARATOR = Pattern.compile("\\|");

  /** The tables that there are. */
  public static List<String> names() {
    return io.trino.tpch.TpchTable.getTables().stream()
        .map(io.trino.tpch.TpchTable::getTableName)
        .toList();
  }

  @Override
  public List<Column> columns(Set<String> keys) {
    return io.trino.tpch.TpchTable.getTable(table).getColumns().stream()
        .map(TpchTable::column)
        .toList();
  }

  @Override
  public void forEach(RowAction action) throws SQLException {
    int done = 0;
    for (TpchEntity row : io.trino.tpch.TpchTable.getTable(table).createGenerator(scale, 1, 1)) {
      if (done++ == rows) {
        return;
      }
      action.accept(SEPARATOR.split(row.toLine()));
    }
  }

  private static Column column(TpchColumn<?> column) {
    TpchColumnType type = column.getType();
    String sqlType =
        switch (type.getBase()) {
          case INTEGER, IDENTIFIER -> "NUMBER(38,0)";
          case DOUBLE -> "NUMBER(12,2)";
          case VARCHAR -> "VARCHAR(" + type.getPrecision().orElseThrow() + ")";
          case DATE -> "DATE";
        };
    return new Column(column.getColumnName().toUpperCase(Locale.ROOT), sqlType);
  }

  @Override
  public String toString() {
    return "tpch." + table;
  }
}
