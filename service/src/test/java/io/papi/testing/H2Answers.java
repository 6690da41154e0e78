package io.papi.testing;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Answers in the form of Snowflake's driver to statements that H2 runs. Thread-safe. */
final class H2Answers {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final int SELECT = 4096;
  private static final int MINUTES_OF_A_DAY = 1440;

  private final DataSource database;
  private final Map<String, String> presented = new ConcurrentHashMap<>();
  private volatile Spoiling spoiling = new Spoiling("", Set.of(), "");

  /** Which rows have no number in a column of numbers. */
  private record Spoiling(String key, Set<String> values, String column) {

    boolean hits(ResultSet rows, String column) throws SQLException {
      return !values.isEmpty()
          && this.column.equals(column)
          && values.contains(rows.getString(key));
    }
  }

  H2Answers(DataSource database) {
    this.database = database;
  }

  void spoil(String key, Set<String> values, String column) {
    spoiling = new Spoiling(key, values, column);
  }

  void present(String column, String type) {
    presented.put(column, type);
  }

  ObjectNode query(JsonNode request) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(request.path("sqlText").asString())) {
      bind(statement, request.path("bindings"));
      try (ResultSet rows = statement.executeQuery()) {
        return answer(rows);
      }
    }
  }

  private static void bind(PreparedStatement statement, JsonNode bindings) throws SQLException {
    for (int i = 1; i <= bindings.size(); i++) {
      JsonNode binding = bindings.path(String.valueOf(i));
      String value = binding.path("value").asString();
      switch (binding.path("type").asString()) {
        case "FIXED" -> statement.setBigDecimal(i, new BigDecimal(value));
        case "TEXT" -> statement.setString(i, value);
        default -> throw new SQLException("a binding of another type: " + binding, "22000");
      }
    }
  }

  private ObjectNode answer(ResultSet rows) throws SQLException {
    ResultSetMetaData metadata = rows.getMetaData();
    ObjectNode answer = MAPPER.createObjectNode();
    ArrayNode rowType = answer.putArray("rowtype");
    int columns = metadata.getColumnCount();
    for (int i = 1; i <= columns; i++) {
      rowType
          .addObject()
          .put("name", metadata.getColumnLabel(i))
          .put("type", type(metadata, i))
          .put("precision", metadata.getPrecision(i))
          .put("scale", metadata.getScale(i))
          .put("length", metadata.getPrecision(i))
          .put("byteLength", metadata.getPrecision(i))
          .put("nullable", true);
    }
    ArrayNode rowSet = answer.putArray("rowset");
    while (rows.next()) {
      ArrayNode row = rowSet.addArray();
      for (int i = 1; i <= columns; i++) {
        row.add(
            spoiling.hits(rows, metadata.getColumnLabel(i))
                ? "no number"
                : value(rows, i, type(metadata, i)));
      }
    }
    answer.put("total", rowSet.size()).put("returned", rowSet.size()).put("queryId", "q");
    answer.put("statementTypeId", SELECT).put("numberOfBinds", 0).put("version", 1);
    answer.put("arrayBindSupported", false).put("queryResultFormat", "json");
    answer.put("finalDatabaseName", "API").put("finalSchemaName", "DATA");
    answer.put("finalRoleName", "PUBLIC");
    return answer;
  }

  private String type(ResultSetMetaData metadata, int index) throws SQLException {
    String shown = presented.get(metadata.getColumnLabel(index));
    if (shown != null) {
      return shown;
    }
    String type = metadata.getColumnTypeName(index).toUpperCase(Locale.ROOT);
    return switch (type) {
      case "NUMERIC", "DECIMAL", "INTEGER", "BIGINT" -> "fixed";
      case "CHARACTER VARYING" -> "text";
      case "DOUBLE PRECISION" -> "real";
      case "BOOLEAN" -> "boolean";
      case "DATE" -> "date";
      case "TIME" -> "time";
      case "TIMESTAMP" -> "timestamp_ntz";
      case "TIMESTAMP WITH TIME ZONE" -> "timestamp_tz";
      case "BINARY VARYING" -> "binary";
      case "JSON" -> "variant";
      default -> throw new SQLException("no type of Snowflake's for " + type, "22000");
    };
  }

  /** A value as the driver's JSON format has it. */
  private static @Nullable String value(ResultSet rows, int index, String type)
      throws SQLException {
    String text = rows.getString(index);
    if (text == null) {
      return null;
    }
    return switch (type) {
      case "real" ->
          switch (text) {
            case "Infinity" -> "inf";
            case "-Infinity" -> "-inf";
            default -> text;
          };
      case "boolean" -> rows.getBoolean(index) ? "1" : "0";
      case "date" -> String.valueOf(rows.getObject(index, LocalDate.class).toEpochDay());
      case "time" -> {
        LocalTime time = rows.getObject(index, LocalTime.class);
        yield seconds(Instant.EPOCH.plusNanos(time.toNanoOfDay()));
      }
      case "timestamp_ntz" ->
          seconds(rows.getObject(index, LocalDateTime.class).toInstant(ZoneOffset.UTC));
      case "timestamp_ltz" -> seconds(rows.getObject(index, OffsetDateTime.class).toInstant());
      case "timestamp_tz" -> {
        OffsetDateTime time = rows.getObject(index, OffsetDateTime.class);
        int minutes = time.getOffset().getTotalSeconds() / 60;
        yield seconds(time.toInstant()) + " " + (minutes + MINUTES_OF_A_DAY);
      }
      case "binary" -> HexFormat.of().withUpperCase().formatHex(rows.getBytes(index));
      default -> text;
    };
  }

  private static String seconds(Instant instant) {
    return BigDecimal.valueOf(instant.getEpochSecond())
        .add(BigDecimal.valueOf(instant.getNano(), 9))
        .toPlainString();
  }
}
