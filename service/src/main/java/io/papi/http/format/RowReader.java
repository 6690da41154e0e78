package io.papi.http.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.papi.rows.RowSink;
import io.papi.rows.ValueSink;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Steps through rows and their columns: JSON objects as the store writes them, without blanks
 * between their parts, in an array. Of one thread.
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

  /**
   * @param json an array of the rows; it must not change meanwhile
   */
  private RowReader(byte[] json) {
    this.json = json;
    this.parser = FACTORY.createParser(ObjectReadContext.empty(), json);
    if (next() != JsonToken.START_ARRAY) {
      throw new MalformedAnswerException("there is something else than rows");
    }
  }

  /** The names of the first row's columns; none if there is no row. */
  static List<String> columns(byte[] json) {
    List<String> names = new ArrayList<>();
    try (RowReader rows = new RowReader(json)) {
      if (rows.nextRow()) {
        while (rows.nextColumn()) {
          names.add(rows.name());
          rows.skip();
        }
      }
    }
    return names;
  }

  /** Gives all rows, each of which must have the same columns. */
  static void giveAll(byte[] json, List<String> columns, RowSink sink) {
    try (RowReader rows = new RowReader(json)) {
      while (rows.nextRow()) {
        sink.beginRow();
        int place = 0;
        while (rows.nextColumn()) {
          if (place == columns.size() || !columns.get(place).equals(rows.name())) {
            throw new MalformedAnswerException("a row has other columns than the first one");
          }
          place++;
          rows.giveValue(sink);
        }
        if (place < columns.size()) {
          throw new MalformedAnswerException("a row has fewer columns than the first one");
        }
        sink.endRow();
      }
    }
  }

  /** Copies all rows as they are, each with a line break behind it. */
  static void copyLines(byte[] json, Utf8Buffer out) {
    try (RowReader rows = new RowReader(json)) {
      while (rows.nextRow()) {
        rows.copyRow(out);
        out.add('\n');
      }
    }
  }

  /**
   * Steps to the next row.
   *
   * @return whether there is one
   */
  private boolean nextRow() {
    JsonToken token = next();
    if (token == JsonToken.START_OBJECT) {
      return true;
    }
    if (token == JsonToken.END_ARRAY) {
      return false;
    }
    throw new MalformedAnswerException("there is something else than a row");
  }

  /** Copies the row as it is, and passes it. */
  private void copyRow(Utf8Buffer out) {
    int begin = offset() - 1;
    skip();
    out.add(json, begin, offset());
  }

  /**
   * Steps to the next column of the row.
   *
   * @return whether there is one
   */
  private boolean nextColumn() {
    if (next() == JsonToken.END_OBJECT) {
      return false;
    }
    next();
    return true;
  }

  /** The column's name. */
  private String name() {
    return parser.currentName();
  }

  /** Gives the column's value: numbers with all their digits, objects and arrays as they are. */
  private void giveValue(ValueSink values) {
    JsonToken token = parser.currentToken();
    switch (token) {
      case VALUE_STRING -> values.text(text());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> values.number(text());
      case VALUE_TRUE -> values.flag(true);
      case VALUE_FALSE -> values.flag(false);
      case VALUE_NULL -> values.nothing();
      case START_OBJECT, START_ARRAY -> {
        int begin = offset() - 1;
        skip();
        values.json(new String(json, begin, offset() - begin, UTF_8));
      }
      case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
          throw malformed();
    }
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

  private String text() {
    try {
      return parser.getString();
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
