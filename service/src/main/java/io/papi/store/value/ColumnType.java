package io.papi.store.value;

import io.papi.rows.ValueKind;
import io.papi.rows.ValueSink;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.format.SignStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.Temporal;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQuery;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * How the values of a column are read, and which kind of JSON they are. NULL is {@code null} in all
 * of them.
 *
 * <p>Dates and times are read as text, which is the one form in which the Snowflake driver gives
 * all their digits and their offset: its sessions write them as ISO 8601 does, and so does H2.
 */
public enum ColumnType {
  /** Exact numbers of any scale: a JSON number without an exponent, or a string of its digits. */
  NUMBER {
    @Override
    public void writeValue(ValueSink out, ResultSet rows, int index, Rendering rendering)
        throws SQLException {
      BigDecimal value = rows.getBigDecimal(index);
      if (value == null) {
        out.nothing();
      } else if (rendering.isString(value)) {
        out.text(value.toPlainString());
      } else {
        out.number(value.toPlainString());
      }
    }
  },
  /** The same, from a driver that gives whole numbers which 64 bits can hold as such. */
  SIZED_NUMBER {
    @Override
    public void writeValue(ValueSink out, ResultSet rows, int index, Rendering rendering)
        throws SQLException {
      if (rows.getObject(index) instanceof Number value
          && (value instanceof Long || value instanceof Integer)) {
        long whole = value.longValue();
        if (rendering.isString(whole)) {
          out.text(Long.toString(whole));
        } else {
          out.number(Long.toString(whole));
        }
      } else {
        NUMBER.writeValue(out, rows, index, rendering);
      }
    }
  },
  /** Binary floating point: a JSON number; what JSON has no number for is {@code null}. */
  FLOAT {
    @Override
    public void writeValue(ValueSink out, ResultSet rows, int index, Rendering rendering)
        throws SQLException {
      double value = rows.getDouble(index);
      if (rows.wasNull()) {
        out.nothing();
      } else if (Double.isFinite(value)) {
        out.number(Double.toString(value));
      } else {
        rendering.countNotFinite();
        out.nothing();
      }
    }
  },
  /** Text: a JSON string. */
  TEXT {
    @Override
    public void writeValue(ValueSink out, ResultSet rows, int index, Rendering rendering)
        throws SQLException {
      String value = rows.getString(index);
      if (value == null) {
        out.nothing();
      } else {
        out.text(value);
      }
    }
  },
  /** {@code true} or {@code false}. */
  BOOLEAN {
    @Override
    public void writeValue(ValueSink out, ResultSet rows, int index, Rendering rendering)
        throws SQLException {
      boolean value = rows.getBoolean(index);
      if (rows.wasNull()) {
        out.nothing();
      } else {
        out.flag(value);
      }
    }
  },
  /**
   * A string such as {@code 2026-01-31}; a year beyond 9999 or before 0 has a sign, as in ISO
   * 8601's expanded form.
   */
  DATE {
    @Override
    public void writeValue(ValueSink out, ResultSet rows, int index, Rendering rendering)
        throws SQLException {
      writeText(out, rows, index, LocalDate::from, DateTimeFormatter.ISO_LOCAL_DATE);
    }
  },
  /** The same, from a driver that gives a date exactly as the number of days since 1970-01-01. */
  DAY_NUMBER {
    @Override
    public void writeValue(ValueSink out, ResultSet rows, int index, Rendering rendering)
        throws SQLException {
      int day = rows.getInt(index);
      if (rows.wasNull()) {
        out.nothing();
      } else {
        out.text(DateTimeFormatter.ISO_LOCAL_DATE.format(LocalDate.ofEpochDay(day)));
      }
    }
  },
  /** A string such as {@code 23:59:59.123}. */
  TIME {
    @Override
    public void writeValue(ValueSink out, ResultSet rows, int index, Rendering rendering)
        throws SQLException {
      writeText(out, rows, index, LocalTime::from, DateTimeFormatter.ISO_LOCAL_TIME);
    }
  },
  /** A string such as {@code 23:59:59.123+01:00}. */
  TIME_WITH_OFFSET {
    @Override
    public void writeValue(ValueSink out, ResultSet rows, int index, Rendering rendering)
        throws SQLException {
      writeText(out, rows, index, OffsetTime::from, DateTimeFormatter.ISO_OFFSET_TIME);
    }
  },
  /** A string such as {@code 2026-01-31T23:59:59.123}. */
  TIMESTAMP {
    @Override
    public void writeValue(ValueSink out, ResultSet rows, int index, Rendering rendering)
        throws SQLException {
      writeText(out, rows, index, LocalDateTime::from, DateTimeFormatter.ISO_LOCAL_DATE_TIME);
    }
  },
  /** The same, from a driver whose text of some days is another day's: those are not shown. */
  UNSURE_TIMESTAMP {
    @Override
    public void writeValue(ValueSink out, ResultSet rows, int index, Rendering rendering)
        throws SQLException {
      writeDated(out, rows, index, LocalDateTime::from, DateTimeFormatter.ISO_LOCAL_DATE_TIME);
    }
  },
  /** A string such as {@code 2026-01-31T23:59:59.123+01:00}. */
  TIMESTAMP_WITH_OFFSET {
    @Override
    public void writeValue(ValueSink out, ResultSet rows, int index, Rendering rendering)
        throws SQLException {
      writeText(out, rows, index, OffsetDateTime::from, DateTimeFormatter.ISO_OFFSET_DATE_TIME);
    }
  },
  /** The same, from a driver whose text of some days is another day's: those are not shown. */
  UNSURE_TIMESTAMP_WITH_OFFSET {
    @Override
    public void writeValue(ValueSink out, ResultSet rows, int index, Rendering rendering)
        throws SQLException {
      writeDated(out, rows, index, OffsetDateTime::from, DateTimeFormatter.ISO_OFFSET_DATE_TIME);
    }
  },
  /** A string of upper-case hexadecimal digits. */
  BINARY {
    @Override
    public void writeValue(ValueSink out, ResultSet rows, int index, Rendering rendering)
        throws SQLException {
      byte[] value = rows.getBytes(index);
      if (value == null) {
        out.nothing();
      } else {
        out.text(HexFormat.of().withUpperCase().formatHex(value));
      }
    }
  },
  /** Semi-structured values: the JSON that they are; what is not JSON is a string of its text. */
  JSON {
    @Override
    public void writeValue(ValueSink out, ResultSet rows, int index, Rendering rendering)
        throws SQLException {
      String text = rows.getString(index);
      if (text == null) {
        out.nothing();
        return;
      }
      Optional<String> compact = rendering.compactJson(text);
      if (compact.isPresent()) {
        out.json(compact.get());
      } else {
        out.text(text);
      }
    }
  };

  /**
   * ISO 8601, with a blank for the {@code T}, the short offset {@code +01} and no sign before a
   * year of five digits, as H2 writes them.
   */
  static final DateTimeFormatter WRITTEN =
      new DateTimeFormatterBuilder()
          .optionalStart()
          .parseLenient()
          .appendValue(ChronoField.YEAR, 4, 10, SignStyle.EXCEEDS_PAD)
          .parseStrict()
          .appendPattern("-MM-dd")
          .optionalEnd()
          .appendPattern("['T'][' '][HH:mm:ss]")
          .optionalStart()
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .optionalEnd()
          .appendPattern("[XXXXX][X]")
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  /** What the values are in an answer. */
  public ValueKind kind() {
    return switch (this) {
      case NUMBER, SIZED_NUMBER -> ValueKind.EXACT_NUMBER;
      case FLOAT -> ValueKind.DOUBLE;
      case TEXT -> ValueKind.TEXT;
      case BOOLEAN -> ValueKind.FLAG;
      case DATE, DAY_NUMBER -> ValueKind.DATE;
      case TIME -> ValueKind.TIME;
      case TIME_WITH_OFFSET -> ValueKind.TIME_WITH_OFFSET;
      case TIMESTAMP, UNSURE_TIMESTAMP -> ValueKind.TIMESTAMP;
      case TIMESTAMP_WITH_OFFSET, UNSURE_TIMESTAMP_WITH_OFFSET -> ValueKind.TIMESTAMP_WITH_OFFSET;
      case BINARY -> ValueKind.BINARY;
      case JSON -> ValueKind.JSON;
    };
  }

  /** Whether its values are exact numbers. */
  public boolean isNumber() {
    return this == NUMBER || this == SIZED_NUMBER;
  }

  /** Writes the value that the current row has in the column {@code index}, counted from 1. */
  public abstract void writeValue(ValueSink out, ResultSet rows, int index, Rendering rendering)
      throws SQLException;

  private static <T extends TemporalAccessor> void writeText(
      ValueSink out, ResultSet rows, int index, TemporalQuery<T> type, DateTimeFormatter format)
      throws SQLException {
    String text = rows.getString(index);
    if (text == null) {
      out.nothing();
    } else {
      out.text(format.format(WRITTEN.parse(text, type)));
    }
  }

  /** Writes a moment, where the driver's text tells which day it is on. */
  private static void writeDated(
      ValueSink out,
      ResultSet rows,
      int index,
      TemporalQuery<? extends Temporal> type,
      DateTimeFormatter format)
      throws SQLException {
    String text = rows.getString(index);
    if (text == null) {
      out.nothing();
      return;
    }
    Temporal time = WrittenYear.of(WRITTEN.parse(text, type), rows, index);
    if (CalendarGap.contains(LocalDate.from(time), time instanceof OffsetDateTime)) {
      throw new DateTimeException("the driver's text of this day may be another day's");
    }
    out.text(format.format(time));
  }

  /** The type of a column as JDBC describes it, where it can be written as JSON. */
  public static Optional<ColumnType> of(ResultSetMetaData metadata, int index) throws SQLException {
    // The Snowflake driver gives JSON the type VARCHAR, and TIMESTAMP to what has an offset in its
    // text: only the name tells.
    return switch (metadata.getColumnTypeName(index).toUpperCase(Locale.ROOT)) {
      case "VARIANT", "OBJECT", "ARRAY", "MAP", "GEOGRAPHY", "GEOMETRY", "JSON" ->
          Optional.of(JSON);
      case "TIMESTAMPLTZ", "TIMESTAMP_LTZ", "TIMESTAMPTZ", "TIMESTAMP_TZ" ->
          Optional.of(TIMESTAMP_WITH_OFFSET);
      default -> ofJdbc(metadata.getColumnType(index));
    };
  }

  private static Optional<ColumnType> ofJdbc(int jdbcType) {
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
