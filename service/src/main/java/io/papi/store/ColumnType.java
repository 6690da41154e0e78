package io.papi.store;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** How the values of a column are read and written as JSON. NULL is {@code null} in all of them. */
enum ColumnType {
  /** Exact numbers of any scale: a JSON number without an exponent. */
  NUMBER {
    @Override
    void writeValue(JsonGenerator json, ResultSet rows, int index) throws SQLException {
      BigDecimal value = rows.getBigDecimal(index);
      if (value == null) {
        json.writeNull();
      } else {
        json.writeNumber(value.toPlainString());
      }
    }
  },
  /** Binary floating point: a JSON number; what JSON has no number for is {@code null}. */
  FLOAT {
    @Override
    void writeValue(JsonGenerator json, ResultSet rows, int index) throws SQLException {
      double value = rows.getDouble(index);
      if (rows.wasNull() || !Double.isFinite(value)) {
        json.writeNull();
      } else {
        json.writeNumber(value);
      }
    }
  },
  /** Text: a JSON string. */
  TEXT {
    @Override
    void writeValue(JsonGenerator json, ResultSet rows, int index) throws SQLException {
      json.writeString(rows.getString(index));
    }
  },
  /** {@code true} or {@code false}. */
  BOOLEAN {
    @Override
    void writeValue(JsonGenerator json, ResultSet rows, int index) throws SQLException {
      boolean value = rows.getBoolean(index);
      if (rows.wasNull()) {
        json.writeNull();
      } else {
        json.writeBoolean(value);
      }
    }
  },
  /** A string such as {@code 2026-01-31}. */
  DATE {
    @Override
    void writeValue(JsonGenerator json, ResultSet rows, int index) throws SQLException {
      writeText(json, rows.getObject(index, LocalDate.class), DateTimeFormatter.ISO_LOCAL_DATE);
    }
  },
  /** A string such as {@code 23:59:59.123}. */
  TIME {
    @Override
    void writeValue(JsonGenerator json, ResultSet rows, int index) throws SQLException {
      writeText(json, rows.getObject(index, LocalTime.class), DateTimeFormatter.ISO_LOCAL_TIME);
    }
  },
  /** A string such as {@code 23:59:59.123+01:00}. */
  TIME_WITH_OFFSET {
    @Override
    void writeValue(JsonGenerator json, ResultSet rows, int index) throws SQLException {
      writeText(json, rows.getObject(index, OffsetTime.class), DateTimeFormatter.ISO_OFFSET_TIME);
    }
  },
  /** A string such as {@code 2026-01-31T23:59:59.123}. */
  TIMESTAMP {
    @Override
    void writeValue(JsonGenerator json, ResultSet rows, int index) throws SQLException {
      writeText(
          json, rows.getObject(index, LocalDateTime.class), DateTimeFormatter.ISO_LOCAL_DATE_TIME);
    }
  },
  /** A string such as {@code 2026-01-31T23:59:59.123+01:00}. */
  TIMESTAMP_WITH_OFFSET {
    @Override
    void writeValue(JsonGenerator json, ResultSet rows, int index) throws SQLException {
      writeText(
          json,
          rows.getObject(index, OffsetDateTime.class),
          DateTimeFormatter.ISO_OFFSET_DATE_TIME);
    }
  },
  /** A string of upper-case hexadecimal digits. */
  BINARY {
    @Override
    void writeValue(JsonGenerator json, ResultSet rows, int index) throws SQLException {
      byte[] value = rows.getBytes(index);
      if (value == null) {
        json.writeNull();
      } else {
        json.writeString(HexFormat.of().withUpperCase().formatHex(value));
      }
    }
  };

  private static void writeText(
      JsonGenerator json, @Nullable TemporalAccessor value, DateTimeFormatter format) {
    if (value == null) {
      json.writeNull();
    } else {
      json.writeString(format.format(value));
    }
  }

  /** Writes the value that the current row has in the column {@code index}, counted from 1. */
  abstract void writeValue(JsonGenerator json, ResultSet rows, int index) throws SQLException;

  /** The type of a column whose metadata says {@code jdbcType}, where it can be written as JSON. */
  static Optional<ColumnType> ofJdbc(int jdbcType) {
    return switch (jdbcType) {
      case Types.TINYINT,
          Types.SMALLINT,
          Types.INTEGER,
          Types.BIGINT,
          Types.NUMERIC,
          Types.DECIMAL ->
          Optional.of(NUMBER);
      case Types.REAL, Types.FLOAT, Types.DOUBLE -> Optional.of(FLOAT);
      case Types.CHAR,
          Types.VARCHAR,
          Types.LONGVARCHAR,
          Types.NCHAR,
          Types.NVARCHAR,
          Types.LONGNVARCHAR,
          Types.CLOB ->
          Optional.of(TEXT);
      case Types.BIT, Types.BOOLEAN -> Optional.of(BOOLEAN);
      case Types.DATE -> Optional.of(DATE);
      case Types.TIME -> Optional.of(TIME);
      case Types.TIME_WITH_TIMEZONE -> Optional.of(TIME_WITH_OFFSET);
      case Types.TIMESTAMP -> Optional.of(TIMESTAMP);
      case Types.TIMESTAMP_WITH_TIMEZONE -> Optional.of(TIMESTAMP_WITH_OFFSET);
      case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY -> Optional.of(BINARY);
      default -> Optional.empty();
    };
  }
}
