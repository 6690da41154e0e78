package io.papi.http.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Steps through rows and their columns: JSON objects as the store writes them, without blanks
 * between their parts, either one alone or several in an array. Of one thread.
 *
 * <p>Numbers are text to it, so they keep all their digits.
 */
final class RowReader implements AutoCloseable {
  /** Limits protect from strangers, and these bytes are the service's own. */
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private final byte[] json;
  private final JsonParser parser;
  private char[] chars = {};
  private int from;
  private int to;

  /**
   * @param json the rows, from its first byte on; it must not change meanwhile
   * @param length the number of bytes
   */
  RowReader(byte[] json, int length) {
    this.json = json;
    this.parser = FACTORY.createParser(ObjectReadContext.empty(), json, 0, length);
  }

  /**
   * Steps to the next row.
   *
   * @return whether there is one
   */
  boolean nextRow() {
    boolean first = parser.currentToken() == null;
    JsonToken token = next();
    if (first && token == JsonToken.START_ARRAY) {
      token = next();
    }
    if (token == JsonToken.START_OBJECT) {
      return true;
    }
    if (token == JsonToken.END_ARRAY || (token == null && !first)) {
      return false;
    }
    throw new MalformedAnswerException("there is something else than a row");
  }

  /** Copies the row as it is, and passes it. */
  void copyRow(Utf8Buffer out) {
    int begin = offset() - 1;
    skip();
    out.add(json, begin, offset());
  }

  /**
   * Steps to the next column of the row.
   *
   * @return whether there is one
   */
  boolean nextColumn() {
    if (next() == JsonToken.END_OBJECT) {
      return false;
    }
    JsonToken value = next();
    if (value == JsonToken.START_OBJECT || value == JsonToken.START_ARRAY) {
      int begin = offset() - 1;
      skip();
      chars = new String(json, begin, offset() - begin, UTF_8).toCharArray();
      from = 0;
      to = chars.length;
    } else {
      readText();
    }
    return true;
  }

  /** The column's name. */
  String name() {
    return parser.currentName();
  }

  boolean isNull() {
    return parser.currentToken() == JsonToken.VALUE_NULL;
  }

  /** The column's value is text in here: a string itself, of all others their JSON. */
  char[] chars() {
    return chars;
  }

  /** Where the text begins. */
  int from() {
    return from;
  }

  /** Where the text has ended. */
  int to() {
    return to;
  }

  @Override
  public void close() {
    parser.close();
  }

  private JsonToken next() {
    try {
      return parser.nextToken();
    } catch (JacksonException e) {
      throw malformed();
    }
  }

  private void skip() {
    try {
      parser.skipChildren();
    } catch (JacksonException e) {
      throw malformed();
    }
  }

  private void readText() {
    try {
      chars = parser.getStringCharacters();
      from = parser.getStringOffset();
      to = from + parser.getStringLength();
    } catch (JacksonException e) {
      throw malformed();
    }
  }

  /** The parser's own words may quote the row. */
  private MalformedAnswerException malformed() {
    return new MalformedAnswerException("no JSON near byte " + offset());
  }

  private int offset() {
    return (int) parser.currentLocation().getByteOffset();
  }
}
