package io.papi.http.format;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.Counter;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code <records><record><NAME>text</NAME>…</record></records>}, with names as SQL/XML makes them
 * ({@link XmlName}). An element that is left out is NULL; objects and arrays are their JSON text.
 *
 * <p>Characters that XML 1.0 cannot hold in any spelling become U+FFFD, and are counted.
 */
final class Xml extends EachRow {
  private static final byte[] BEGIN =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?><records>".getBytes(US_ASCII);
  private static final byte[] END = "</records>".getBytes(US_ASCII);
  private static final byte[] ROW_BEGIN = "<record>".getBytes(US_ASCII);
  private static final byte[] ROW_END = "</record>".getBytes(US_ASCII);
  private static final byte[] AMPERSAND = "&amp;".getBytes(US_ASCII);
  private static final byte[] LESS = "&lt;".getBytes(US_ASCII);

  /** It must be escaped in {@code ]]>} only; it is simpler to escape it always. */
  private static final byte[] GREATER = "&gt;".getBytes(US_ASCII);

  /** As it is, a reader would make a line feed of it. */
  private static final byte[] CARRIAGE_RETURN = "&#13;".getBytes(US_ASCII);

  private static final byte[] REPLACEMENT = "\uFFFD".getBytes(UTF_8);

  private final Counter replaced;

  /** Those of the row before, by their places: most often they are the same. */
  private final List<Tags> tags = new ArrayList<>();

  /** The tags of a column. */
  private static final class Tags {
    private final String column;
    private final byte[] begin;
    private final byte[] end;

    Tags(String column) {
      this.column = column;
      String name = XmlName.of(column);
      this.begin = ("<" + name + ">").getBytes(UTF_8);
      this.end = ("</" + name + ">").getBytes(UTF_8);
    }
  }

  /**
   * @param replaced counts the characters that XML cannot hold
   */
  Xml(Counter replaced) {
    this.replaced = replaced;
  }

  @Override
  public void begin(List<String> columns, Utf8Buffer out) {
    out.add(BEGIN);
  }

  @Override
  void row(RowReader row, Utf8Buffer out) {
    out.add(ROW_BEGIN);
    for (int place = 0; row.nextColumn(); place++) {
      if (!row.isNull()) {
        Tags column = tags(place, row.name());
        out.add(column.begin);
        text(row.chars(), row.from(), row.to(), out);
        out.add(column.end);
      }
    }
    out.add(ROW_END);
  }

  @Override
  public void end(Utf8Buffer out) {
    out.add(END);
  }

  private Tags tags(int place, String column) {
    while (tags.size() <= place) {
      tags.add(new Tags(column));
    }
    if (!tags.get(place).column.equals(column)) {
      tags.set(place, new Tags(column));
    }
    return tags.get(place);
  }

  private void text(char[] chars, int from, int to, Utf8Buffer out) {
    int begin = from;
    for (int i = from; i < to; i++) {
      char c = chars[i];
      if (c >= ' ' && c != '<' && c != '>' && c != '&' && c < Character.MIN_SURROGATE) {
        continue;
      }
      if (isPair(chars, i, to)) {
        i++;
        continue;
      }
      byte[] instead = instead(c);
      if (instead.length > 0) {
        out.add(chars, begin, i);
        out.add(instead);
        begin = i + 1;
      }
    }
    out.add(chars, begin, to);
  }

  private static boolean isPair(char[] chars, int index, int to) {
    return Character.isHighSurrogate(chars[index])
        && index + 1 < to
        && Character.isLowSurrogate(chars[index + 1]);
  }

  /** What is written in the place of a character; nothing where it can stay. */
  private byte[] instead(char c) {
    return switch (c) {
      case '&' -> AMPERSAND;
      case '<' -> LESS;
      case '>' -> GREATER;
      case '\r' -> CARRIAGE_RETURN;
      case '\t', '\n' -> Utf8Buffer.NOTHING;
      default -> {
        if (c >= ' ' && !Character.isSurrogate(c) && c < 0xFFFE) {
          yield Utf8Buffer.NOTHING;
        }
        replaced.increment();
        yield REPLACEMENT;
      }
    };
  }
}
