package io.papi.store;

import io.papi.dataset.Dataset;
import io.papi.dataset.SqlName;
import io.papi.lookup.Key;
import io.papi.lookup.Row;
import io.papi.store.value.Rendering;
import io.papi.store.value.WrittenValue;
import io.papi.store.value.WrittenValue.NotAllowedException;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The row of the configuration that stands in for missing ones, with its values written as the
 * table would show them. Only the key differs. Immutable and thread-safe.
 */
final class DefaultRow {
  private static final JsonFactory JSON = new JsonFactory();

  private final Rendering rendering;

  /** The key's column; empty if answers do not show it. */
  private final Optional<Column> key;

  private final byte[] beforeKey;
  private final byte[] behindKey;

  /**
   * A column of a row.
   *
   * @param name as an answer shows it
   * @param holds what it can hold
   */
  record Column(String name, WrittenValue holds) {}

  private DefaultRow(
      Rendering rendering, Optional<Column> key, byte[] beforeKey, byte[] behindKey) {
    this.rendering = rendering;
    this.key = key;
    this.beforeKey = beforeKey;
    this.behindKey = behindKey;
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
    String keyName = SqlName.unquoted(dataset.keyColumn());
    ByteArrayOutputStream beforeKey = new ByteArrayOutputStream();
    ByteArrayOutputStream behindKey = new ByteArrayOutputStream();
    ByteArrayOutputStream bytes = beforeKey;
    Optional<Column> key = Optional.empty();
    int delimiter = '{';
    for (Column column : columns) {
      bytes.write(delimiter);
      delimiter = ',';
      if (column.name().equals(keyName)) {
        key = Optional.of(column);
        bytes = behindKey;
      } else {
        Optional<String> value = Optional.ofNullable(values.get(column.name()));
        try {
          bytes.writeBytes(member(column, value, rendering));
        } catch (NotAllowedException e) {
          wrong.add(
              "datasets.%s.default-row.%s is %s, not %s"
                  .formatted(dataset.name(), column.name(), value.orElse("null"), e.getMessage()));
        }
      }
    }
    bytes.write('}');
    return new DefaultRow(rendering, key, beforeKey.toByteArray(), behindKey.toByteArray());
  }

  /** The row with {@code id} for its key; empty if the column cannot hold it. */
  Optional<Row> of(Key id) {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    json.writeBytes(beforeKey);
    if (key.isPresent()) {
      try {
        json.writeBytes(member(key.get(), Optional.of(id.text()), rendering));
      } catch (NotAllowedException e) {
        return Optional.empty();
      }
    }
    json.writeBytes(behindKey);
    return Optional.of(Row.loaded(json.toByteArray()));
  }

  /** A member of the row: name, colon, value. */
  private static byte[] member(Column column, Optional<String> value, Rendering rendering)
      throws NotAllowedException {
    ByteArrayOutputStream object = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), object)) {
      json.writeStartObject();
      json.writeName(column.name());
      if (value.isPresent()) {
        column.holds().write(json, value.get(), rendering);
      } else {
        json.writeNull();
      }
      json.writeEndObject();
    }
    byte[] braced = object.toByteArray();
    byte[] member = new byte[braced.length - 2];
    System.arraycopy(braced, 1, member, 0, member.length);
    return member;
  }
}
