package io.papi.http.openapi;

import io.papi.rows.ValueKind;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The columns of a row as they are known now. Immutable.
 *
 * @param names none before the first contact with the store, unless they are configured
 * @param kinds none before the first contact
 * @param largeNumbersAsStrings whether an exact number may be a string
 */
record Columns(List<String> names, List<ValueKind> kinds, boolean largeNumbersAsStrings) {

  Columns {
    names = List.copyOf(names);
    kinds = List.copyOf(kinds);
  }

  /**
   * The schema of a row.
   *
   * @param whole whether it has all columns
   */
  ObjectNode schema(boolean whole) {
    ObjectNode schema = Tree.type("object");
    if (names.isEmpty()) {
      return schema.put(
          "description", "A row; its columns are known once the store has been reached.");
    }
    ObjectNode properties = schema.putObject("properties");
    for (int i = 0; i < names.size(); i++) {
      properties.set(names.get(i), kind(i).map(this::schema).orElseGet(Tree::object));
    }
    if (whole) {
      schema.set("required", Tree.texts(names));
    }
    return schema.put("additionalProperties", false);
  }

  /** A row as it could be. */
  ObjectNode example() {
    ObjectNode row = Tree.object();
    for (int i = 0; i < names.size(); i++) {
      row.set(
          names.get(i),
          kind(i).map(Columns::example).orElseGet(JsonNodeFactory.instance::nullNode));
    }
    return row;
  }

  private Optional<ValueKind> kind(int place) {
    return kinds.size() == names.size() ? Optional.of(kinds.get(place)) : Optional.empty();
  }

  private ObjectNode schema(ValueKind kind) {
    return switch (kind) {
      case EXACT_NUMBER -> largeNumbersAsStrings ? orNull("number", "string") : orNull("number");
      case DOUBLE -> orNull("number");
      case TEXT -> orNull("string");
      case FLAG -> orNull("boolean");
      case DATE, TIME, TIME_WITH_OFFSET, TIMESTAMP, TIMESTAMP_WITH_OFFSET ->
          orNull("string").put("description", "As in " + example(kind).asString() + ".");
      case BINARY -> orNull("string").put("pattern", "^([0-9A-F]{2})*$");
      case JSON -> Tree.object();
    };
  }

  private static ObjectNode orNull(String... types) {
    ObjectNode schema = Tree.object();
    schema.set("type", Tree.texts(types).add("null"));
    return schema;
  }

  private static JsonNode example(ValueKind kind) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    return switch (kind) {
      case EXACT_NUMBER -> nodes.numberNode(12);
      case DOUBLE -> nodes.numberNode(0.5);
      case TEXT -> nodes.stringNode("text");
      case FLAG -> nodes.booleanNode(true);
      case DATE -> nodes.stringNode("2026-01-31");
      case TIME -> nodes.stringNode("23:59:59.123");
      case TIME_WITH_OFFSET -> nodes.stringNode("23:59:59.123+01:00");
      case TIMESTAMP -> nodes.stringNode("2026-01-31T23:59:59.123");
      case TIMESTAMP_WITH_OFFSET -> nodes.stringNode("2026-01-31T23:59:59.123+01:00");
      case BINARY -> nodes.stringNode("00FF10");
      case JSON -> Tree.object().put("a", 1);
    };
  }
}
