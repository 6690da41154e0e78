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
import java.util.Optional;
import javax.sql.DataSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The text that the row of each id must have, but for its version, which is in one of its columns,
 * and for its address, which is in the last. It is written here from the table, by other means than
 * the service's. Immutable.
 */
final class Rows {
  static final String TABLE = "API.DATA.HYBRID_CUSTOMER";
  static final String KEY = "C_CUSTOMER_SK";
  static final String VERSION = "C_CURRENT_ADDR_SK";

  private static final String BEFORE_ID = "{\"" + KEY + "\":";
  private static final String BEFORE_VERSION = "\"" + VERSION + "\":";
  private static final String BEFORE_ADDRESS = "\"" + Addresses.COLUMN + "\":\"";
  private static final String END = "\"}";
  private static final JsonMapper MAPPER = new JsonMapper();

  /**
   * A row's text.
   *
   * @param head until the version
   * @param tail from behind the version until the address
   */
  private record Text(String head, String tail) {}

  /**
   * A row in an answer.
   *
   * @param end where it has ended
   */
  record Shown(int id, long version, int end) {}

  private final Map<Integer, Text> byId = new HashMap<>();

  Rows(DataSource database) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM " + TABLE)) {
      while (rows.next()) {
        String json = json(rows);
        int version = json.indexOf(BEFORE_VERSION) + BEFORE_VERSION.length();
        int address = json.indexOf(BEFORE_ADDRESS) + BEFORE_ADDRESS.length();
        byId.put(
            rows.getInt(KEY),
            new Text(
                json.substring(0, version), json.substring(json.indexOf(',', version), address)));
      }
    }
  }

  int count() {
    return byId.size();
  }

  /** The row of a customer in a version. */
  String text(int id, long version) {
    return Optional.ofNullable(byId.get(id)).map(text -> text(text, id, version)).orElseThrow();
  }

  private static String text(Text text, int id, long version) {
    return text.head() + version + text.tail() + Addresses.text(Addresses.of(id, version)) + END;
  }

  /**
   * The row that begins in {@code body} at a place; empty if none does there that this table can
   * have held in any version.
   */
  Optional<Shown> at(String body, int start) {
    if (!body.startsWith(BEFORE_ID, start)) {
      return Optional.empty();
    }
    int id = (int) number(body, start + BEFORE_ID.length());
    Text text = byId.get(id);
    if (text == null || !body.startsWith(text.head(), start)) {
      return Optional.empty();
    }
    long version = number(body, start + text.head().length());
    String whole = text(text, id, version);
    return body.startsWith(whole, start)
        ? Optional.of(new Shown(id, version, start + whole.length()))
        : Optional.empty();
  }

  /** The number whose digits begin at a place; 0 without any. */
  private static long number(String body, int start) {
    long number = 0;
    for (int at = start;
        at < body.length() && body.charAt(at) >= '0' && body.charAt(at) <= '9';
        at++) {
      number = 10 * number + body.charAt(at) - '0';
    }
    return number;
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
