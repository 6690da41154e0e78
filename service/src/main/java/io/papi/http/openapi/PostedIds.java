package io.papi.http.openapi;

import io.papi.dataset.AnswerRules;
import io.papi.dataset.AnswerShape;
import io.papi.dataset.MissingPolicy;
import java.util.Arrays;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * The body that asks for rows.
 *
 * @param id what one id looks like as a string
 * @param number and as a number
 * @param fields the list of columns
 * @param maxIds of one body
 */
record PostedIds(
    AnswerRules rules,
    ObjectNode id,
    ObjectNode number,
    String exampleId,
    ObjectNode fields,
    int maxIds) {

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
    members.set("shape", DatasetPath.choice(rules.shape(), AnswerShape.values()));
    members.set("fields", fields);
    if (!rules.views().isEmpty()) {
      ObjectNode view = Tree.type("string");
      view.set("enum", Tree.texts(new TreeMap<>(rules.views()).keySet()));
      members.set("view", view);
    }
    members.set(
        "missing",
        DatasetPath.choice(
            rules.missing(),
            Arrays.stream(MissingPolicy.values())
                .filter(each -> rules.defaultRow().isPresent() || each != MissingPolicy.DEFAULT)
                .toArray(MissingPolicy[]::new)));
    if (rules.defaultRow().isPresent()) {
      members.set("unavailable", Tree.object().put("const", "default"));
    }
    schema.set("required", Tree.texts("ids"));
    return schema.put("additionalProperties", false);
  }

  /** As strings, or as whole numbers in their one spelling. */
  private ObjectNode ids() {
    ObjectNode each = Tree.object();
    each.putArray("anyOf").add(id).add(number);
    ObjectNode ids = Tree.type("array");
    ids.set("items", each);
    return ids.put("minItems", 1).put("maxItems", maxIds);
  }
}
