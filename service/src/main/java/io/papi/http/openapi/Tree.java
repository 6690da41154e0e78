package io.papi.http.openapi;

import java.util.Collection;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Parts of the description, made in the order in which they are written. */
final class Tree {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Tree() {}

  static ObjectNode object() {
    return NODES.objectNode();
  }

  static ArrayNode array() {
    return NODES.arrayNode();
  }

  static ArrayNode texts(Collection<String> texts) {
    ArrayNode array = array();
    texts.forEach(array::add);
    return array;
  }

  static ArrayNode texts(String... texts) {
    return texts(List.of(texts));
  }

  /** A reference to a part under {@code components}. */
  static ObjectNode ref(String kind, String name) {
    return object().put("$ref", "#/components/" + kind + "/" + name);
  }

  /** A schema of one type. */
  static ObjectNode type(String type) {
    return object().put("type", type);
  }
}
