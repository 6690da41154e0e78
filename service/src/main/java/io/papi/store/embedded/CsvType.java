package io.papi.store.embedded;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The type of a column of a CSV file: which values it takes, and how the database keeps them.
 *
 * @param precision the digits of a NUMBER, the characters of a TEXT; 0 where it has none
 * @param scale the digits of a NUMBER behind the point
 */
public record CsvType(Form form, int precision, int scale) {
  static final CsvType TEXT = new CsvType(Form.TEXT, 0, 0);
  static final int MAX_DIGITS = 38;

  private static final int MAX_CHARACTERS = 1_000_000;

  private static final Pattern NUMBER =
      Pattern.compile("[+-]?0*(?<whole>[0-9]*?)(\\.(?<part>[0-9]+))?");
  private static final Pattern FLOAT =
      Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]{1,3})?");
  private static final Pattern BOOLEAN = Pattern.compile("true|false", Pattern.CASE_INSENSITIVE);

  /** A type's name with what may stand in parentheses behind it. */
  private static final Pattern DECLARED =
      Pattern.compile("([A-Z_]+)(?: ?\\( ?([0-9]{1,7})(?: ?, ?([0-9]{1,2}))? ?\\))?");

  enum Form {
    NUMBER,
    FLOAT,
    BOOLEAN,
    DATE,
    TIME,
    TIMESTAMP,
    TIMESTAMP_TZ,
    TEXT
  }

  static CsvType of(Form form) {
    return new CsvType(form, 0, 0);
  }

  /**
   * The type that is declared as in {@code text}, {@code date} or {@code NUMBER(10,2)}.
   *
   * @throws IllegalArgumentException if there is none; the message says which there are
   */
  public static CsvType declared(String text) {
    Matcher matcher = DECLARED.matcher(text.strip().toUpperCase(Locale.ROOT));
    if (matcher.matches()) {
      int first = number(matcher.group(2));
      int second = number(matcher.group(3));
      boolean isBare = matcher.group(2) == null;
      boolean hasOne = !isBare && matcher.group(3) == null;
      switch (matcher.group(1)) {
        case "TEXT", "VARCHAR", "STRING" -> {
          if (isBare || (hasOne && first >= 1 && first <= MAX_CHARACTERS)) {
            return new CsvType(Form.TEXT, first, 0);
          }
        }
        case "NUMBER" -> {
          if (isBare) {
            return new CsvType(Form.NUMBER, MAX_DIGITS, 0);
          }
          if (first >= 1 && first <= MAX_DIGITS && second <= first) {
            return new CsvType(Form.NUMBER, first, second);
          }
        }
        case "FLOAT", "BOOLEAN", "DATE", "TIME", "TIMESTAMP", "TIMESTAMP_TZ" -> {
          if (isBare) {
            return of(Form.valueOf(matcher.group(1)));
          }
        }
        default -> {}
      }
    }
    throw new IllegalArgumentException(
        "TEXT, VARCHAR(n), NUMBER(digits, digits behind the point), FLOAT, BOOLEAN, DATE, TIME,"
            + " TIMESTAMP or TIMESTAMP_TZ");
  }

  private static int number(String digits) {
    return digits == null ? 0 : Integer.parseInt(digits);
  }

  /** Whether a value is of this type, and kept as it is. */
  boolean takes(String value) {
    return switch (form) {
      case NUMBER -> isNumber(value);
      case FLOAT -> FLOAT.matcher(value).matches();
      case BOOLEAN -> BOOLEAN.matcher(value).matches();
      case DATE -> isWritten(value, LocalDate::parse);
      case TIME -> isWritten(value, LocalTime::parse);
      case TIMESTAMP -> isWritten(iso(value), LocalDateTime::parse);
      case TIMESTAMP_TZ -> isWritten(iso(value), OffsetDateTime::parse);
      case TEXT -> precision == 0 || value.codePointCount(0, value.length()) <= precision;
    };
  }

  private boolean isNumber(String value) {
    Matcher matcher = NUMBER.matcher(value);
    if (!matcher.matches() || value.chars().noneMatch(Character::isDigit)) {
      return false;
    }
    String part = matcher.group("part");
    return matcher.group("whole").length() <= precision - scale
        && (part == null || part.length() <= scale);
  }

  /** With the T of ISO 8601, for which people write a blank. */
  private static String iso(String value) {
    return value.length() > 10 && value.charAt(10) == ' '
        ? value.substring(0, 10) + "T" + value.substring(11)
        : value;
  }

  /** A parser of {@code java.time}. */
  private interface Parser {
    Object parse(CharSequence text);
  }

  private static boolean isWritten(String value, Parser parser) {
    // years beyond these have a sign in Java and none in the database
    if (value.isEmpty() || !Character.isDigit(value.charAt(0))) {
      return false;
    }
    try {
      parser.parse(value);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  /** The type in the database. */
  String sql() {
    return switch (form) {
      case NUMBER -> "NUMBER(" + precision + "," + scale + ")";
      case FLOAT -> "DOUBLE PRECISION";
      case BOOLEAN -> "BOOLEAN";
      case DATE -> "DATE";
      case TIME -> "TIME(9)";
      case TIMESTAMP -> "TIMESTAMP(9)";
      case TIMESTAMP_TZ -> "TIMESTAMP(9) WITH TIME ZONE";
      case TEXT -> precision == 0 ? "VARCHAR" : "VARCHAR(" + precision + ")";
    };
  }

  /** As it may be declared. */
  @Override
  public String toString() {
    return switch (form) {
      case NUMBER -> sql();
      case TEXT -> precision == 0 ? "TEXT" : sql();
      case FLOAT, BOOLEAN, DATE, TIME, TIMESTAMP, TIMESTAMP_TZ -> form.name();
    };
  }
}
