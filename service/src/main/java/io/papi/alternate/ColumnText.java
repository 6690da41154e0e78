package io.papi.alternate;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.papi.lookup.Row;
import io.papi.rows.MalformedRowException;
import io.papi.rows.RowScanner;
import java.util.Arrays;
import java.util.Optional;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.core.json.JsonFactory;

/** What rows have in one column, as the text of a key. Immutable and thread-safe. */
final class ColumnText {
  private static final JsonFactory JSON = new JsonFactory();
  private static final byte QUOTE = '"';
  private static final byte ESCAPE = '\\';

  /** The column's name as a member of a row: its quotes with it. */
  private final byte[] member;

  /**
   * @param column its name as rows show it
   */
  ColumnText(String column) {
    byte[] escaped = JsonStringEncoder.getInstance().quoteAsUTF8(column);
    this.member = ("\"" + new String(escaped, UTF_8) + "\"").getBytes(UTF_8);
  }

  /** The text or the number that {@code row} has in the column; empty if it has none. */
  Optional<String> of(Row row) {
    byte[] json = new byte[row.length()];
    row.copyTo(json, 0);
    RowScanner scanner = new RowScanner(json);
    try {
      while (scanner.next()) {
        if (Arrays.equals(json, scanner.nameFrom(), scanner.nameTo(), member, 0, member.length)) {
          return value(json, scanner.valueFrom(), scanner.valueTo());
        }
      }
      return Optional.empty();
    } catch (MalformedRowException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> value(byte[] json, int from, int to) {
    if (json[from] != QUOTE) {
      String number = new String(json, from, to - from, ISO_8859_1);
      return number.equals("null") ? Optional.empty() : Optional.of(number);
    }
    for (int i = from; i < to; i++) {
      if (json[i] == ESCAPE) {
        return Optional.of(unescaped(json, from, to));
      }
    }
    return Optional.of(new String(json, from + 1, to - from - 2, UTF_8));
  }

  private static String unescaped(byte[] json, int from, int to) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json, from, to - from)) {
      parser.nextToken();
      return parser.getString();
    }
  }
}
