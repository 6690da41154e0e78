package io.papi.store.value;

import java.math.BigDecimal;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQuery;
import java.util.HexFormat;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/**
 * Writes values of the configuration as a column would show them, if it could hold them. Immutable.
 *
 * @param typeName the column's type as the database calls it
 * @param precision the most digits, characters or bytes
 * @param scale the digits behind the point, of a number or of seconds
 */
public record WrittenValue(
    ColumnType type, int jdbcType, String typeName, int precision, int scale) {

  /** A value that the column cannot hold. The message says what it holds. */
  public static final class NotAllowedException extends Exception {
    private static final long serialVersionUID = 1L;

    NotAllowedException(String allowed) {
      super(allowed, null, false, false);
    }
  }

  /** What the column {@code index}, counted from 1, can hold. */
  public static WrittenValue of(ColumnType type, ResultSetMetaData table, int index)
      throws SQLException {
    return new WrittenValue(
        type,
        table.getColumnType(index),
        table.getColumnTypeName(index).toUpperCase(Locale.ROOT),
        table.getPrecision(index),
        table.getScale(index));
  }

  /** Writes the value that {@code text} stands for. */
  public void write(JsonGenerator json, String text, Rendering rendering)
      throws NotAllowedException {
    switch (type) {
      case NUMBER, SIZED_NUMBER -> writeNumber(json, number(text), rendering);
      case FLOAT -> json.writeNumber(binary(text));
      case TEXT -> json.writeString(characters(text));
      case BOOLEAN -> json.writeBoolean(truth(text));
      case DATE, DAY_NUMBER ->
          json.writeString(
              moment(text, LocalDate::from, DateTimeFormatter.ISO_LOCAL_DATE, "2026-01-31"));
      case TIME ->
          json.writeString(
              moment(text, LocalTime::from, DateTimeFormatter.ISO_LOCAL_TIME, "23:59:59"));
      case TIME_WITH_OFFSET ->
          json.writeString(
              moment(text, OffsetTime::from, DateTimeFormatter.ISO_OFFSET_TIME, "23:59:59+01:00"));
      case TIMESTAMP, UNSURE_TIMESTAMP ->
          json.writeString(
              moment(
                  text,
                  LocalDateTime::from,
                  DateTimeFormatter.ISO_LOCAL_DATE_TIME,
                  "2026-01-31T23:59:59"));
      case TIMESTAMP_WITH_OFFSET, UNSURE_TIMESTAMP_WITH_OFFSET ->
          json.writeString(
              moment(
                  text,
                  this::inItsZone,
                  DateTimeFormatter.ISO_OFFSET_DATE_TIME,
                  "2026-01-31T23:59:59+01:00"));
      case BINARY -> json.writeString(hexadecimal(text));
      case JSON ->
          json.writeRawValue(
              rendering.compactJson(text).orElseThrow(() -> new NotAllowedException("JSON")));
    }
  }

  /** Writes an id, also one for which the column is too narrow: no row has that. */
  public void writeId(JsonGenerator json, String id, Rendering rendering) {
    if (type.isNumber()) {
      writeNumber(json, new BigDecimal(id), rendering);
    } else {
      json.writeString(id);
    }
  }

  private static void writeNumber(JsonGenerator json, BigDecimal number, Rendering rendering) {
    if (rendering.isString(number)) {
      json.writeString(number.toPlainString());
    } else {
      json.writeNumber(number.toPlainString());
    }
  }

  private BigDecimal number(String text) throws NotAllowedException {
    try {
      BigDecimal number = new BigDecimal(text.strip()).setScale(scale);
      if (number.precision() <= precision) {
        checkRange(number);
        return number;
      }
    } catch (ArithmeticException | NumberFormatException e) {
      // said below, as for one that is too long
    }
    throw new NotAllowedException(
        "a number of " + precision + " digits, " + scale + " of them behind the point");
  }

  /** H2's binary types tell their precision in bits. */
  private void checkRange(BigDecimal number) {
    switch (typeName) {
      case "TINYINT" -> number.byteValueExact();
      case "SMALLINT" -> number.shortValueExact();
      case "INTEGER" -> number.intValueExact();
      case "BIGINT" -> number.longValueExact();
      default -> {}
    }
  }

  private double binary(String text) throws NotAllowedException {
    try {
      double number = Double.parseDouble(text.strip());
      double held = jdbcType == Types.REAL ? (float) number : number;
      if (Double.isFinite(held)) {
        return held;
      }
    } catch (NumberFormatException e) {
      // said below, as for one that is too large
    }
    throw new NotAllowedException("a number such as 1.5 or 1e9");
  }

  private String characters(String text) throws NotAllowedException {
    int length = text.codePointCount(0, text.length());
    if (length > precision) {
      throw new NotAllowedException("text of " + precision + " characters at most");
    }
    boolean isPadded = typeName.equals("CHARACTER");
    return isPadded ? text + " ".repeat(precision - length) : text;
  }

  private static boolean truth(String text) throws NotAllowedException {
    return switch (text.strip()) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new NotAllowedException("true or false");
    };
  }

  private String hexadecimal(String text) throws NotAllowedException {
    try {
      byte[] bytes = HexFormat.of().parseHex(text.strip());
      if (bytes.length <= precision) {
        return HexFormat.of().withUpperCase().formatHex(bytes);
      }
    } catch (IllegalArgumentException e) {
      // said below, as for one that is too long
    }
    throw new NotAllowedException(
        "an even number of hexadecimal digits, for " + precision + " bytes at most");
  }

  private <T extends TemporalAccessor> String moment(
      String text, TemporalQuery<T> query, DateTimeFormatter format, String example)
      throws NotAllowedException {
    try {
      T moment = ColumnType.WRITTEN.parse(text.strip(), query);
      if (isHeld(moment)) {
        return format.format(moment);
      }
    } catch (DateTimeException e) {
      // said below, as for one that has too many digits
    }
    throw new NotAllowedException(
        "of the form " + example + ", with " + scale + " digits of a second at most");
  }

  /** Whether the column has that many digits of a second, and can show that day. */
  private boolean isHeld(TemporalAccessor moment) {
    boolean hasTime = moment.isSupported(ChronoField.NANO_OF_SECOND);
    long nanos = hasTime ? moment.getLong(ChronoField.NANO_OF_SECOND) : 0;
    boolean isWhole = BigDecimal.valueOf(nanos, 9).stripTrailingZeros().scale() <= scale;
    boolean isUnsure =
        type == ColumnType.UNSURE_TIMESTAMP || type == ColumnType.UNSURE_TIMESTAMP_WITH_OFFSET;
    return isWhole
        && !(isUnsure
            && (moment.get(ChronoField.YEAR) < 1
                || CalendarGap.contains(LocalDate.from(moment), moment instanceof OffsetDateTime)));
  }

  /** A type in the session's zone, which is UTC, keeps no offset. */
  private OffsetDateTime inItsZone(TemporalAccessor parsed) {
    OffsetDateTime moment = OffsetDateTime.from(parsed);
    boolean isLocal = typeName.equals("TIMESTAMPLTZ") || typeName.equals("TIMESTAMP_LTZ");
    return isLocal ? moment.withOffsetSameInstant(ZoneOffset.UTC) : moment;
  }
}
