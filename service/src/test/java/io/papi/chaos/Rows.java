package io.papi.chaos;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The text that the row of each id must have, but for its version, which is in one of its columns.
 * It is written here from the table, by other means than the service's. Immutable.
 */
final class Rows {
  static final String TABLE = "API.DATA.HYBRID_CUSTOMER";
  static final String KEY = "C_CUSTOMER_SK";
  static final String VERSION = "C_CURRENT_ADDR_SK";

  private static final String MARK = "\"" + VERSION + "\":";
  private static final JsonMapper MAPPER = new JsonMapper();

  /**
   * A row's text.
   *
   * @param head until the version
   * @param tail from behind the version
   */
  record Text(String head, String tail) {}

  private final Map<Integer, Text> byId = new HashMap<>();

  Rows(DataSource database) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM " + TABLE)) {
      while (rows.next()) {
        String json = json(rows);
        int version = json.indexOf(MARK) + MARK.length();
        byId.put(
            rows.getInt(KEY),
            new Text(json.substring(0, version), json.substring(json.indexOf(',', version))));
      }
    }
  }

  int count() {
    return byId.size();
  }

  /** Null for an id that never has a row. */
  @Nullable Text of(int id) {
    return byId.get(id);
  }

  private static String json(ResultSet row) throws SQLException {
    ResultSetMetaData columns = row.getMetaData();
    ObjectNode json = MAPPER.createObjectNode();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      String name = columns.getColumnLabel(i);
      String text = row.getString(i);
      if (name.equals(VERSION)) {
        json.put(name, 0);
      } else if (text != null && columns.getColumnType(i) == Types.NUMERIC) {
        json.put(name, new BigDecimal(text));
      } else {
        json.put(name, text);
      }
    }
    return json.toString();
  }
}
