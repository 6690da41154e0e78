package io.papi.http.format;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.List;

/**
 * RFC 4180: a line with the columns' names, then one for each row. NULL is an empty cell and an
 * empty text {@code ""}; numbers are as they are in JSON, and so are objects and arrays.
 *
 * <p>Cells are not altered against spreadsheets that run formulas: whoever reads a value must get
 * the value. Half of a surrogate pair, which UTF-8 cannot hold, becomes U+FFFD.
 */
final class Csv implements RowWriter {
  private static final byte[] LINE_END = {'\r', '\n'};
  private static final byte[] EMPTY_TEXT = "\"\"".getBytes(US_ASCII);
  private static final char BYTE_ORDER_MARK = 0xFEFF;

  private final Utf8Buffer out;
  private int columns;
  private int place;

  Csv(Utf8Buffer out) {
    this.out = out;
  }

  @Override
  public void begin(List<String> columns) {
    this.columns = columns.size();
    beginRow();
    columns.forEach(this::text);
    endRow();
  }

  @Override
  public void beginRow() {
    place = 0;
  }

  @Override
  public void text(String value) {
    separate();
    int length = value.length();
    if (!needsQuotes(value)) {
      out.add(value, 0, length);
      return;
    }
    out.add('"');
    int begin = 0;
    for (int i = 0; i < length; i++) {
      if (value.charAt(i) == '"') {
        // This one too is in the next part, and so it is doubled.
        out.add(value, begin, i + 1);
        begin = i;
      }
    }
    out.add(value, begin, length);
    out.add('"');
  }

  /** Neither a number nor a flag has anything that needs quotes. */
  @Override
  public void number(String digits) {
    separate();
    out.add(digits, 0, digits.length());
  }

  @Override
  public void flag(boolean value) {
    number(Boolean.toString(value));
  }

  @Override
  public void nothing() {
    separate();
    if (columns == 1) {
      // An empty line would be no row at all to most readers.
      out.add(EMPTY_TEXT);
    }
  }

  @Override
  public void json(String compact) {
    text(compact);
  }

  @Override
  public void endRow() {
    out.add(LINE_END);
  }

  @Override
  public boolean isFull() {
    return out.isFull(0);
  }

  @Override
  public void flush() {}

  @Override
  public void end() {}

  private void separate() {
    if (place++ > 0) {
      out.add(',');
    }
  }

  /** Blanks at the ends are part of a cell, but some readers cut them off where nothing quotes. */
  private static boolean needsQuotes(String value) {
    int length = value.length();
    if (length == 0
        || value.charAt(0) == BYTE_ORDER_MARK
        || value.charAt(0) <= ' '
        || value.charAt(length - 1) <= ' ') {
      return true;
    }
    for (int i = 0; i < length; i++) {
      char c = value.charAt(i);
      if (c == '"' || c == ',' || c == '\r' || c == '\n') {
        return true;
      }
    }
    return false;
  }
}
