package io.papi.http.openapi;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * The body that asks for rows.
 *
 * @param id what one id looks like as a string
 * @param number and as a number
 * @param form what it can say about its answer
 * @param maxIds of one body
 */
record PostedIds(
    ObjectNode id, ObjectNode number, String exampleId, List<FormMember> form, int maxIds) {

  /** The operation of the path that takes it. */
  ObjectNode operation(String name, String summary, String description, ObjectNode responses) {
    ObjectNode operation = Tree.object().put("operationId", "post-" + name);
    operation.set("tags", Tree.texts("Datasets"));
    operation.put("summary", summary).put("description", description);
    ObjectNode body = operation.putObject("requestBody").put("required", true);
    ObjectNode media = body.putObject("content").putObject("application/json");
    media.set("schema", schema());
    media.putObject("example").set("ids", Tree.texts(exampleId));
    operation.set("responses", responses);
    return operation;
  }

  private ObjectNode schema() {
    ObjectNode schema = Tree.type("object");
    ObjectNode members = schema.putObject("properties");
    members.set("ids", ids());
    for (FormMember each : form) {
      members.set(each.name(), each.member());
    }
    schema.set("required", Tree.texts("ids"));
    return schema.put("additionalProperties", false);
  }

  private ObjectNode ids() {
    ObjectNode each = Tree.object();
    each.putArray("anyOf").add(id).add(number);
    ObjectNode ids = Tree.type("array");
    ids.set("items", each);
    return ids.put("minItems", 1)
        .put("maxItems", maxIds)
        .put("description", "Ids as strings, or as whole numbers in their one spelling.");
  }
}
