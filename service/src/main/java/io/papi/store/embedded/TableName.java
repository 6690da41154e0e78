package io.papi.store.embedded;

import io.papi.dataset.SqlName;
import java.util.List;

/**
 * A table of the embedded store.
 *
 * @param schema the schema's name, as the database has it
 * @param table the table's own name, as the database has it
 */
public record TableName(String schema, String table) {
  /** The one database that there is, called as the one in Snowflake. */
  static final String CATALOG = "API";

  /** Where a table is whose name has no schema, as in a session with Snowflake. */
  static final String DEFAULT_SCHEMA = "DATA";

  /**
   * The table that a name in SQL means.
   *
   * @param name such as {@code API.DATA.HYBRID_CUSTOMER}, {@code data.product} or {@code product}
   * @throws IllegalArgumentException if it names another database; the message says what to write
   */
  public static TableName of(String name) {
    List<String> parts = SqlName.parts(name).stream().map(SqlName::exact).toList();
    String table = parts.getLast();
    String schema = parts.size() > 1 ? parts.get(parts.size() - 2) : DEFAULT_SCHEMA;
    if (parts.size() > 2 && !parts.getFirst().equals(CATALOG)) {
      throw new IllegalArgumentException(
          "the embedded store has one database, "
              + CATALOG
              + ": write "
              + CATALOG
              + name.substring(SqlName.parts(name).getFirst().length()));
    }
    return new TableName(schema, table);
  }

  /** The name as a statement has it. */
  String sql() {
    return SqlName.quoted(schema) + "." + SqlName.quoted(table);
  }

  @Override
  public String toString() {
    return CATALOG + "." + schema + "." + table;
  }
}
