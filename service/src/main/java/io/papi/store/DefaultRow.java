package io.papi.store;

import io.papi.dataset.Dataset;
import io.papi.lookup.Key;
import io.papi.lookup.Row;
import io.papi.store.value.Rendering;
import io.papi.store.value.WrittenValue;
import io.papi.store.value.WrittenValue.NotAllowedException;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The row of the configuration that stands in for missing ones, with its values written as the
 * table would show them. Only what was asked for differs. Immutable and thread-safe.
 */
final class DefaultRow {
  private static final JsonFactory JSON = new JsonFactory();

  private final Rendering rendering;
  private final List<Column> columns;

  /** What a row has of each column; null of the one that shows the key. */
  private final List<byte[]> members;

  /**
   * A column of a row.
   *
   * @param name as an answer shows it
   * @param exact as the database has it
   * @param holds what it can hold
   */
  record Column(String name, String exact, WrittenValue holds) {}

  private DefaultRow(Rendering rendering, List<Column> columns, List<byte[]> members) {
    this.rendering = rendering;
    this.columns = List.copyOf(columns);
    this.members = List.copyOf(members);
  }

  /**
   * The default row of a dataset; empty if it has none.
   *
   * @param columns of an answer, in their order
   * @param wrong takes what a column cannot hold
   */
  static Optional<DefaultRow> of(
      Dataset dataset, List<Column> columns, Rendering rendering, List<String> wrong) {
    return dataset
        .rules()
        .defaultRow()
        .map(values -> of(dataset, values, columns, rendering, wrong));
  }

  private static DefaultRow of(
      Dataset dataset,
      Map<String, String> values,
      List<Column> columns,
      Rendering rendering,
      List<String> wrong) {
    List<byte[]> members = new ArrayList<>();
    for (Column column : columns) {
      Optional<String> value = Optional.ofNullable(values.get(column.name()));
      try {
        members.add(valueMember(column, value, rendering));
      } catch (NotAllowedException e) {
        wrong.add(
            "datasets.%s.default-row.%s is %s, not %s"
                .formatted(dataset.name(), column.name(), value.orElse("null"), e.getMessage()));
      }
    }
    return new DefaultRow(rendering, columns, members);
  }

  /**
   * The row with {@code id} in the column that it was asked for by.
   *
   * @param by the column's name as the database has it
   */
  Row of(Key id, String by) {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    for (int i = 0; i < members.size(); i++) {
      json.write(i == 0 ? '{' : ',');
      Column column = columns.get(i);
      json.writeBytes(column.exact().equals(by) ? idMember(column, id) : members.get(i));
    }
    json.write('}');
    return Row.loaded(json.toByteArray());
  }

  private byte[] idMember(Column column, Key id) {
    return member(column, json -> column.holds().writeId(json, id.text(), rendering));
  }

  private static byte[] valueMember(Column column, Optional<String> value, Rendering rendering)
      throws NotAllowedException {
    if (value.isEmpty()) {
      return member(column, JsonGenerator::writeNull);
    }
    return member(column, json -> column.holds().write(json, value.get(), rendering));
  }

  /** Writes a member's value. */
  private interface Writing<X extends Exception> {
    void write(JsonGenerator json) throws X;
  }

  /** A member of the row: name, colon, value. */
  private static <X extends Exception> byte[] member(Column column, Writing<X> value) throws X {
    ByteArrayOutputStream object = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), object)) {
      json.writeStartObject();
      json.writeName(column.name());
      value.write(json);
      json.writeEndObject();
    }
    byte[] braced = object.toByteArray();
    byte[] member = new byte[braced.length - 2];
    System.arraycopy(braced, 1, member, 0, member.length);
    return member;
  }
}
