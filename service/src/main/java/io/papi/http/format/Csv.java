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
final class Csv extends EachRow {
  private static final byte[] LINE_END = {'\r', '\n'};
  private static final byte[] EMPTY_TEXT = "\"\"".getBytes(US_ASCII);
  private static final char BYTE_ORDER_MARK = 0xFEFF;

  private List<String> columns = List.of();

  @Override
  public void begin(List<String> columns, Utf8Buffer out) {
    this.columns = List.copyOf(columns);
    for (int i = 0; i < columns.size(); i++) {
      separate(i, out);
      String name = columns.get(i);
      text(name.toCharArray(), 0, name.length(), out);
    }
    out.add(LINE_END);
  }

  @Override
  void row(RowReader row, Utf8Buffer out) {
    int place = 0;
    while (row.nextColumn()) {
      if (place == columns.size() || !columns.get(place).equals(row.name())) {
        throw new MalformedAnswerException("a row has other columns than the header line");
      }
      separate(place++, out);
      if (!row.isNull()) {
        text(row.chars(), row.from(), row.to(), out);
      } else if (columns.size() == 1) {
        // An empty line would be no row at all to most readers.
        out.add(EMPTY_TEXT);
      }
    }
    if (place < columns.size()) {
      throw new MalformedAnswerException("a row has fewer columns than the header line");
    }
    out.add(LINE_END);
  }

  @Override
  public void end(Utf8Buffer out) {}

  private static void separate(int place, Utf8Buffer out) {
    if (place > 0) {
      out.add(',');
    }
  }

  private static void text(char[] chars, int from, int to, Utf8Buffer out) {
    if (!needsQuotes(chars, from, to)) {
      out.add(chars, from, to);
      return;
    }
    out.add('"');
    int begin = from;
    for (int i = from; i < to; i++) {
      if (chars[i] == '"') {
        // This one too is in the next part, and so it is doubled.
        out.add(chars, begin, i + 1);
        begin = i;
      }
    }
    out.add(chars, begin, to);
    out.add('"');
  }

  /** Blanks at the ends are part of a cell, but some readers cut them off where nothing quotes. */
  private static boolean needsQuotes(char[] chars, int from, int to) {
    if (from == to
        || chars[from] == BYTE_ORDER_MARK
        || chars[from] <= ' '
        || chars[to - 1] <= ' ') {
      return true;
    }
    for (int i = from; i < to; i++) {
      char c = chars[i];
      if (c == '"' || c == ',' || c == '\r' || c == '\n') {
        return true;
      }
    }
    return false;
  }
}
