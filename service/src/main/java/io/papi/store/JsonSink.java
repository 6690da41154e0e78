package io.papi.store;

import io.papi.rows.ValueSink;
import tools.jackson.core.JsonGenerator;

/** Writes values as JSON. */
record JsonSink(JsonGenerator json) implements ValueSink {

  @Override
  public void text(String value) {
    json.writeString(value);
  }

  @Override
  public void number(String digits) {
    json.writeNumber(digits);
  }

  @Override
  public void flag(boolean value) {
    json.writeBoolean(value);
  }

  @Override
  public void nothing() {
    json.writeNull();
  }

  @Override
  public void json(String compact) {
    json.writeRawValue(compact);
  }
}
