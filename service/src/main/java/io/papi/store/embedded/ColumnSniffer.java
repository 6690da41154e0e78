package io.papi.store.embedded;

import io.papi.store.embedded.CsvType.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the type of a column from its values: the narrowest that shows each of them as it is
 * written, but for zeros behind the point. So {@code 01234} and what has more than 38 digits stay
 * text. Not thread-safe.
 */
final class ColumnSniffer {
  /** Without a zero that would be lost, or a sign that would. */
  private static final Pattern NUMBER =
      Pattern.compile("(?!-0(?:\\.0+)?$)-?(0|[1-9][0-9]*)(?:\\.([0-9]+))?");

  private final List<CsvType> left =
      new ArrayList<>(
          List.of(
              CsvType.of(Form.BOOLEAN),
              CsvType.of(Form.DATE),
              CsvType.of(Form.TIMESTAMP),
              CsvType.of(Form.TIMESTAMP_TZ)));
  private boolean isSeen;
  private boolean isNumber = true;
  private int wholeDigits;
  private int scale;

  void see(String value) {
    isSeen = true;
    left.removeIf(type -> !type.takes(value));
    if (isNumber) {
      Matcher matcher = NUMBER.matcher(value);
      isNumber = matcher.matches();
      if (isNumber) {
        wholeDigits = Math.max(wholeDigits, matcher.group(1).length());
        scale = Math.max(scale, matcher.group(2) == null ? 0 : matcher.group(2).length());
        isNumber = wholeDigits + scale <= CsvType.MAX_DIGITS;
      }
    }
  }

  /** The type of what has been seen; text if that is nothing. */
  CsvType type() {
    if (!isSeen) {
      return CsvType.TEXT;
    }
    if (isNumber) {
      return new CsvType(Form.NUMBER, CsvType.MAX_DIGITS, scale);
    }
    return left.isEmpty() ? CsvType.TEXT : left.getFirst();
  }
}
