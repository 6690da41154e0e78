package io.papi.http.openapi;

import tools.jackson.databind.node.ObjectNode;

/**
 * What can be asked at a path: GET, and HEAD for the same without a body.
 *
 * @param name unique, letters, digits, dashes and {@code _}
 * @param responses by status
 */
record Operation(
    String name, String tag, String summary, String description, ObjectNode responses) {

  void addTo(ObjectNode path) {
    add(path.putObject("get"), "get-", summary, description);
    add(
        path.putObject("head"),
        "head-",
        summary + ": the headers alone",
        "As GET, without a body.");
  }

  private void add(ObjectNode operation, String prefix, String title, String words) {
    operation.put("operationId", prefix + name);
    operation.set("tags", Tree.texts(tag));
    operation.put("summary", title).put("description", words);
    operation.set("responses", responses.deepCopy());
  }
}
