package io.papi.http.format;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.Counter;
import java.util.List;

/**
 * {@code <records><record><NAME>text</NAME>…</record></records>}, with names as SQL/XML makes them
 * ({@link XmlName}). An element that is left out is NULL; objects and arrays are their JSON text.
 *
 * <p>Characters that XML 1.0 cannot hold in any spelling become U+FFFD, and are counted.
 */
final class Xml implements RowWriter {
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

  private final Utf8Buffer out;
  private final Counter replaced;
  private Tags[] columns = {};
  private int place;

  /** The tags of a column. */
  private static final class Tags {
    private final byte[] begin;
    private final byte[] end;

    Tags(String column) {
      String name = XmlName.of(column);
      this.begin = ("<" + name + ">").getBytes(UTF_8);
      this.end = ("</" + name + ">").getBytes(UTF_8);
    }
  }

  /**
   * @param replaced counts the characters that XML cannot hold
   */
  Xml(Utf8Buffer out, Counter replaced) {
    this.out = out;
    this.replaced = replaced;
  }

  @Override
  public void begin(List<String> columns) {
    this.columns = columns.stream().map(Tags::new).toArray(Tags[]::new);
    out.add(BEGIN);
  }

  @Override
  public void beginRow() {
    place = 0;
    out.add(ROW_BEGIN);
  }

  @Override
  public void text(String value) {
    Tags column = columns[place++];
    out.add(column.begin);
    escape(value);
    out.add(column.end);
  }

  /** Neither a number nor a flag has anything to escape. */
  @Override
  public void number(String digits) {
    Tags column = columns[place++];
    out.addAscii(column.begin, digits, column.end);
  }

  @Override
  public void flag(boolean value) {
    number(Boolean.toString(value));
  }

  @Override
  public void nothing() {
    place++;
  }

  @Override
  public void json(String compact) {
    text(compact);
  }

  @Override
  public void endRow() {
    out.add(ROW_END);
  }

  @Override
  public boolean isFull() {
    return out.isFull(0);
  }

  @Override
  public void flush() {}

  @Override
  public void end() {
    out.add(END);
  }

  private void escape(String text) {
    int begin = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c != '<' && c != '>' && c != '&' && c < Character.MIN_SURROGATE) {
        continue;
      }
      if (isPair(text, i)) {
        i++;
        continue;
      }
      byte[] instead = instead(c);
      if (instead.length > 0) {
        out.add(text, begin, i);
        out.add(instead);
        begin = i + 1;
      }
    }
    out.add(text, begin, text.length());
  }

  private static boolean isPair(String text, int index) {
    return Character.isHighSurrogate(text.charAt(index))
        && index + 1 < text.length()
        && Character.isLowSurrogate(text.charAt(index + 1));
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
