package io.papi.http.openapi;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The ways in which a caller gives its key. */
final class Security {
  private Security() {}

  static ObjectNode schemes() {
    ObjectNode schemes = Tree.object();
    schemes
        .putObject("bearer")
        .put("type", "http")
        .put("scheme", "bearer")
        .put("description", "The key as a bearer token.");
    schemes
        .putObject("basic")
        .put("type", "http")
        .put("scheme", "basic")
        .put(
            "description",
            "The key as user name or as password, the other one empty or the caller's name.");
    schemes
        .putObject("key")
        .put("type", "apiKey")
        .put("in", "header")
        .put("name", "X-API-Key")
        .put("description", "The key as it is.");
    return schemes;
  }

  /** Any one of them. */
  static ArrayNode any() {
    ArrayNode any = Tree.array();
    schemes().propertyNames().forEach(name -> any.addObject().putArray(name));
    return any;
  }
}
