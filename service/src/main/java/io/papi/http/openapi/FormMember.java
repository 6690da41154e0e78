package io.papi.http.openapi;

import io.papi.dataset.AnswerRules;
import io.papi.dataset.AnswerShape;
import io.papi.dataset.Choice;
import io.papi.dataset.MissingPolicy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/**
 * One thing that a request can say about the form of a dataset's answer: in the query string of its
 * path, or in its body.
 */
record FormMember(String name, String description, ObjectNode schema) {

  /** All of them, in the order of the documents. */
  static List<FormMember> all(AnswerRules rules, Columns columns) {
    List<FormMember> all = new ArrayList<>();
    all.add(shape(rules));
    all.add(fields(columns));
    if (!rules.views().isEmpty()) {
      all.add(view(rules));
    }
    all.add(missing(rules));
    if (rules.defaultRow().isPresent()) {
      all.add(unavailable());
    }
    return List.copyOf(all);
  }

  /** A parameter of the query string. */
  ObjectNode parameter() {
    ObjectNode parameter =
        Tree.object().put("name", name).put("in", "query").put("description", description);
    if (schema.path("type").asString().equals("array")) {
      parameter.put("style", "form").put("explode", false);
    }
    parameter.set("schema", schema.deepCopy());
    return parameter;
  }

  /** A member of the body. */
  ObjectNode member() {
    return schema.deepCopy().put("description", description);
  }

  private static FormMember shape(AnswerRules rules) {
    return new FormMember(
        "shape",
        "array: the rows. object: the row of one id itself; more than one id are 400. map: the"
            + " rows by id, and apart from them the ids without a row and those that could not"
            + " be answered.",
        choice(rules.shape(), List.of(AnswerShape.values())));
  }

  private static FormMember fields(Columns columns) {
    ObjectNode name = Tree.type("string");
    if (!columns.names().isEmpty()) {
      name.set("enum", Tree.texts(columns.names()));
    }
    ObjectNode schema = Tree.type("array");
    schema.set("items", name);
    return new FormMember(
        "fields",
        "Only these columns, in this order, each once.",
        schema.put("minItems", 1).put("uniqueItems", true));
  }

  private static FormMember view(AnswerRules rules) {
    TreeMap<String, List<String>> views = new TreeMap<>(rules.views());
    String lists =
        views.entrySet().stream()
            .map(each -> " " + each.getKey() + ": " + String.join(", ", each.getValue()) + ".")
            .collect(Collectors.joining());
    return new FormMember(
        "view",
        "The columns of a list; not beside fields." + lists,
        words(List.copyOf(views.keySet())));
  }

  private static FormMember missing(AnswerRules rules) {
    boolean hasDefaultRow = rules.defaultRow().isPresent();
    return new FormMember(
        "missing",
        "What is said of an id without a row. omit: nothing. not-found: 404 if none of the ids"
            + " has one."
            + (hasDefaultRow ? " default: the dataset's default row in its place." : ""),
        choice(
            rules.missing(),
            Arrays.stream(MissingPolicy.values())
                .filter(each -> hasDefaultRow || each != MissingPolicy.DEFAULT)
                .toList()));
  }

  private static FormMember unavailable() {
    return new FormMember(
        "unavailable",
        "Only with missing=default: the default row also stands in for ids that could not be"
            + " answered.",
        words(List.of("default")));
  }

  private static ObjectNode choice(Choice usual, List<? extends Choice> choices) {
    return words(choices.stream().map(Choice::word).toList()).put("default", usual.word());
  }

  private static ObjectNode words(List<String> words) {
    ObjectNode schema = Tree.type("string");
    schema.set("enum", Tree.texts(words));
    return schema;
  }
}
