package io.papi.service.answers;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A dataset of the table of customers, as a test that knows nothing of the service reads it. */
record CustomerTable(
    DataSource database, String key, List<String> columns, Map<String, Object> defaults) {
  private static final JsonMapper MAPPER = new JsonMapper();

  /** The row of an id; empty if there is none. */
  Optional<ObjectNode> row(String id) throws SQLException {
    String sql =
        "SELECT * FROM API.DATA.HYBRID_CUSTOMER WHERE CAST(" + key + " AS VARCHAR(40)) = ?";
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, id);
      try (ResultSet rows = statement.executeQuery()) {
        if (!rows.next()) {
          return Optional.empty();
        }
        ObjectNode row = MAPPER.createObjectNode();
        for (String column : columns) {
          Object value = rows.getObject(column);
          row.set(column, MAPPER.valueToTree(value));
        }
        return Optional.of(row);
      }
    }
  }

  /** The row that stands in for one that there is not. */
  ObjectNode defaultRow(String id) {
    ObjectNode row = MAPPER.createObjectNode();
    for (String column : columns) {
      Object value = column.equals(key) ? Long.valueOf(id) : defaults.get(column);
      row.set(column, MAPPER.valueToTree(value));
    }
    return row;
  }
}
