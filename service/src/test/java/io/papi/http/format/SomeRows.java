package io.papi.http.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.papi.lookup.Row;
import io.papi.testing.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * An answer with random rows: all types of JSON, and the characters that formats stumble over.
 *
 * @param columns the names of the columns, each once
 * @param rows the cells of each row, as many as there are columns
 */
record SomeRows(List<String> columns, List<List<Cell>> rows) {
  private static final List<String> WILD =
      List.of(
          "\"",
          "\"\"",
          ",",
          ";",
          "\r",
          "\n",
          "\r\n",
          "\t",
          " ",
          "\\",
          "/",
          "'",
          "<",
          ">",
          "&",
          "]]>",
          "&amp;",
          "<!--",
          "\0",
          "\u001B",
          "\u007F",
          "\u0085",
          "\u2028",
          "\uFEFF",
          "\uFFFD",
          "\uFFFE",
          "\uFFFF",
          "\uD800",
          "\uDC00",
          "\uD83D\uDE00",
          "\uDBFF\uDFFF",
          "é",
          "ß",
          "語",
          "=1+1",
          "@",
          "-",
          "_",
          "_x",
          "_x0041_",
          "_x00",
          "xml",
          "XmL",
          "null",
          "0");

  /**
   * A value.
   *
   * @param json as it is in the row
   * @param text what a reader of text should get; none for NULL
   */
  record Cell(String json, Optional<String> text) {
    static Cell of(String json) {
      return new Cell(json, Optional.of(json));
    }
  }

  /**
   * @param depth how deep objects and arrays may be
   */
  static SomeRows of(RandomGenerator random, int depth) {
    List<String> columns = new ArrayList<>();
    for (int i = 1 + random.nextInt(6); i > 0; i--) {
      String name = name(random);
      if (!name.isEmpty() && !columns.contains(name)) {
        columns.add(name);
      }
    }
    if (columns.isEmpty()) {
      columns.add("A");
    }
    List<List<Cell>> rows = new ArrayList<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      rows.add(columns.stream().map(_ -> cell(random, depth)).toList());
    }
    return new SomeRows(columns, rows);
  }

  /** The rows as the store writes them. */
  Row answer() {
    return Row.loaded(
        rows.stream().map(this::object).collect(Collectors.joining(",", "[", "]")).getBytes(UTF_8));
  }

  /** A row as the store writes it. */
  String object(List<Cell> row) {
    StringBuilder json = new StringBuilder("{");
    for (int i = 0; i < row.size(); i++) {
      json.append(i > 0 ? "," : "").append(string(columns.get(i))).append(':');
      json.append(row.get(i).json());
    }
    return json.append('}').toString();
  }

  private static Cell cell(RandomGenerator random, int depth) {
    return switch (random.nextInt(7)) {
      case 0 -> new Cell("null", Optional.empty());
      case 1 -> Cell.of(random.nextBoolean() ? "true" : "false");
      case 2, 3 -> Cell.of(number(random));
      case 4 -> Cell.of(nested(random, 1 + random.nextInt(depth)));
      default -> {
        String text = text(random);
        yield new Cell(string(text), Optional.of(text));
      }
    };
  }

  private static String number(RandomGenerator random) {
    String sign = random.nextBoolean() ? "-" : "";
    String whole = random.nextInt(3) == 0 ? "0" : "9" + digits(random, random.nextInt(40));
    String fraction = random.nextBoolean() ? "" : "." + digits(random, 1 + random.nextInt(40));
    String exponent = random.nextInt(3) > 0 ? "" : "E" + (random.nextInt(1_000) - 500);
    return sign + whole + fraction + exponent;
  }

  private static String digits(RandomGenerator random, int count) {
    return random.ints(count, 0, 10).mapToObj(Integer::toString).collect(Collectors.joining());
  }

  private static String nested(RandomGenerator random, int depth) {
    String inner = depth > 1 ? nested(random, depth - 1) : "[null,true,\"\",{}]";
    return random.nextBoolean()
        ? "[" + number(random) + "," + inner + "]"
        : "{" + string(name(random)) + ":" + inner + "}";
  }

  /** Without halves of surrogate pairs: no database has them, and Jackson refuses such a name. */
  private static String name(RandomGenerator random) {
    return new String(text(random).getBytes(UTF_8), UTF_8);
  }

  private static String text(RandomGenerator random) {
    if (random.nextInt(4) == 0) {
      return Property.text(random, 12);
    }
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(5); i > 0; i--) {
      text.append(random.nextInt(3) == 0 ? "abc" : WILD.get(random.nextInt(WILD.size())));
    }
    return text.toString();
  }

  /** JSON has no other way for half of a surrogate pair than an escape. */
  private static String string(String text) {
    StringBuilder json = new StringBuilder("\"");
    text.codePoints()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                json.append('\\').appendCodePoint(c);
              } else if (c < ' '
                  || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
                json.append(String.format("\\u%04X", c));
              } else {
                json.appendCodePoint(c);
              }
            });
    return json.append('"').toString();
  }
}
