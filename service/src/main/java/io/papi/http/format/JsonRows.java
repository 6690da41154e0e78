package io.papi.http.format;

import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.io.SerializedString;
import tools.jackson.core.json.JsonFactory;

/** Rows as objects: in an array, or each on a line of its own. */
final class JsonRows implements RowWriter {
  /** Nothing between two lines but their ends. */
  private static final JsonFactory FACTORY = JsonFactory.builder().rootValueSeparator("").build();

  private final Utf8Buffer out;
  private final boolean onLines;
  private final JsonGenerator json;
  private List<SerializedString> names = List.of();
  private int place;

  private JsonRows(Utf8Buffer out, boolean onLines) {
    this.out = out;
    this.onLines = onLines;
    this.json = FACTORY.createGenerator(ObjectWriteContext.empty(), out.asStream());
  }

  static JsonRows inAnArray(Utf8Buffer out) {
    return new JsonRows(out, false);
  }

  /** No line break is in a row, as it has no blanks. */
  static JsonRows onLines(Utf8Buffer out) {
    return new JsonRows(out, true);
  }

  @Override
  public void begin(List<String> columns) {
    names = columns.stream().map(SerializedString::new).toList();
    if (!onLines) {
      json.writeStartArray();
    }
  }

  @Override
  public void beginRow() {
    place = 0;
    json.writeStartObject();
  }

  @Override
  public void text(String value) {
    name();
    json.writeString(value);
  }

  @Override
  public void number(String digits) {
    name();
    json.writeNumber(digits);
  }

  @Override
  public void flag(boolean value) {
    name();
    json.writeBoolean(value);
  }

  @Override
  public void nothing() {
    name();
    json.writeNull();
  }

  @Override
  public void json(String compact) {
    name();
    json.writeRawValue(compact);
  }

  private void name() {
    json.writeName(names.get(place++));
  }

  @Override
  public void endRow() {
    json.writeEndObject();
    if (onLines) {
      json.writeRaw('\n');
    }
  }

  @Override
  public boolean isFull() {
    return out.isFull(json.streamWriteOutputBuffered());
  }

  @Override
  public void flush() {
    json.flush();
  }

  @Override
  public void end() {
    if (!onLines) {
      json.writeEndArray();
    }
    json.flush();
  }
}
