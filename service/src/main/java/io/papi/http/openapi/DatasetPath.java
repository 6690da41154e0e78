package io.papi.http.openapi;

import io.papi.dataset.Dataset;
import io.papi.dataset.KeyType;
import io.papi.http.dataset.ServedKey;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The paths of one of a dataset's keys: GET with ids in the path and POST with ids in the body, the
 * forms that an answer can have, and the answers.
 */
final class DatasetPath {
  private static final List<AnswerHeader> UNCHANGED =
      List.of(
          AnswerHeader.ETAG,
          AnswerHeader.AGE,
          AnswerHeader.CACHE_CONTROL,
          AnswerHeader.CACHE_STATUS,
          AnswerHeader.SERVER_TIMING,
          AnswerHeader.DEFAULTED);

  private static final List<ProblemAnswer> PROBLEMS =
      List.of(
          ProblemAnswer.NOT_FOUND,
          ProblemAnswer.PRECONDITION_FAILED,
          ProblemAnswer.BAD_GATEWAY,
          ProblemAnswer.LATE);

  private static final List<ProblemAnswer> POST_PROBLEMS =
      List.of(
          ProblemAnswer.NOT_FOUND,
          ProblemAnswer.UNSUPPORTED,
          ProblemAnswer.BAD_GATEWAY,
          ProblemAnswer.LATE);

  private final Dataset dataset;
  private final ServedKey key;
  private final String name;
  private final Columns columns;
  private final List<FormMember> form;
  private final int maxIds;
  private final int maxIdsInBody;

  /**
   * @param maxIds of a path
   * @param maxIdsInBody of a body
   */
  DatasetPath(Dataset dataset, ServedKey key, Columns columns, int maxIds, int maxIdsInBody) {
    this.dataset = dataset;
    this.key = key;
    this.name = key.name().replace('/', '.');
    this.form = FormMember.all(dataset.rules(), columns);
    this.columns = columns;
    this.maxIds = maxIds;
    this.maxIdsInBody = maxIdsInBody;
  }

  /** Adds the paths, and the parts that are their own. */
  void addTo(Parts parts) {
    parts.schema(row(), columns.schema(false));
    parts.response(name, answer(maxIds, UNCHANGED));
    parts.response(name + "-unchanged", unchanged());
    parts.path(
        key.path() + "/{ids}",
        new Operation(
            name,
            "Datasets",
            "Rows of " + key.name(),
            "The rows with these values in "
                + key.column()
                + ". "
                + freshness()
                + " Parameters that are not listed here are ignored.",
            Answers.of(
                Map.of("200", name, "304", name + "-unchanged"), PROBLEMS, parts.signedIn())),
        parameters());
    parts.response(
        name + "-posted",
        answer(
            maxIdsInBody, UNCHANGED.stream().filter(each -> each != AnswerHeader.ETAG).toList()));
    parts
        .path(key.path(), postedHeaders())
        .set(
            "post",
            new PostedIds(id(), number(), exampleId(), form, maxIdsInBody)
                .operation(
                    name,
                    "Rows of " + key.name() + ", asked for in a body",
                    "For long lists, and for values that must not stand in a URL. "
                        + freshness()
                        + " Members that are not listed here are refused.",
                    Answers.of(Map.of("200", name + "-posted"), POST_PROBLEMS, parts.signedIn())));
  }

  private static ArrayNode postedHeaders() {
    ArrayNode parameters = Tree.array();
    List<RequestHeader> headers = new ArrayList<>(RequestHeader.OF_ALL);
    headers.add(RequestHeader.CACHE_CONTROL);
    RequestHeader.add(parameters, headers);
    return parameters;
  }

  private String row() {
    return "row-" + dataset.name();
  }

  private String freshness() {
    return "A row is fresh for "
        + key.freshness().freshFor().toSeconds()
        + " s; that an id has no row is remembered for "
        + key.freshness().negativeFor().toSeconds()
        + " s.";
  }

  private ArrayNode parameters() {
    ArrayNode parameters = Tree.array();
    parameters.add(ids());
    for (FormMember each : form) {
      parameters.add(each.parameter());
    }
    List<RequestHeader> headers = new ArrayList<>(RequestHeader.OF_TAGGED);
    headers.add(RequestHeader.CACHE_CONTROL);
    RequestHeader.add(parameters, headers);
    return parameters;
  }

  private ObjectNode ids() {
    ObjectNode schema = Tree.type("array");
    schema.set("items", id());
    schema.put("minItems", 1).put("maxItems", maxIds);
    ObjectNode ids =
        Tree.object()
            .put("name", "ids")
            .put("in", "path")
            .put("required", true)
            .put("description", "Ids in their one spelling, with commas between them.")
            .put("style", "simple")
            .put("explode", false);
    ids.set("schema", schema);
    ids.set("example", Tree.texts(exampleId()));
    return ids;
  }

  private ObjectNode id() {
    return switch (key.type()) {
      case KeyType.Whole(int digits) ->
          Tree.type("string").put("pattern", "^(0|-?[1-9][0-9]{0,%d})$".formatted(digits - 1));
      case KeyType.Text(int length) ->
          Tree.type("string")
              .put("minLength", 1)
              .put("maxLength", length)
              .put("pattern", "^(?!\\.{1,2}$)[^\\u0000-\\u001f\\u007f-\\u009f]*$");
    };
  }

  /** An id that JSON writes as a number: as text it has that many characters, too. */
  private ObjectNode number() {
    return switch (key.type()) {
      case KeyType.Whole(int digits) -> integer(digits, digits);
      case KeyType.Text(int length) -> integer(length - 1, length);
    };
  }

  /**
   * @param below the most digits below zero
   * @param above the most digits above
   */
  private static ObjectNode integer(int below, int above) {
    return Tree.type("integer").put("minimum", most(below).negate()).put("maximum", most(above));
  }

  /** The greatest number of so many digits. */
  private static BigInteger most(int digits) {
    return BigInteger.TEN.pow(digits).subtract(BigInteger.ONE);
  }

  private String exampleId() {
    return switch (key.type()) {
      case KeyType.Whole(int digits) -> digits < 4 ? "1" : "1885";
      case KeyType.Text _ -> "A";
    };
  }

  private ObjectNode answer(int most, List<AnswerHeader> usual) {
    List<AnswerHeader> headers = new ArrayList<>(usual);
    headers.add(AnswerHeader.CONTENT_LENGTH);
    headers.add(AnswerHeader.DEFAULTED_UNAVAILABLE);
    ObjectNode response = Answers.response("The rows, in the order of the ids.", headers);
    Answers.say(response, AnswerHeader.CACHE_CONTROL, cacheControl());
    ObjectNode media = response.putObject("content").putObject("application/json");
    media.set("schema", anyShape(most));
    ObjectNode row = columns.example();
    putKey(row);
    ObjectNode examples = media.putObject("examples");
    examples.putObject("array").set("value", Tree.array().add(row.deepCopy()));
    examples.putObject("object").set("value", row.deepCopy());
    ObjectNode map = Tree.object();
    map.putObject("found").set(exampleId(), row);
    map.set("missing", Tree.texts("9999999"));
    map.set("unavailable", Tree.array());
    examples.putObject("map").set("value", map);
    return response;
  }

  private void putKey(ObjectNode row) {
    switch (key.type()) {
      case KeyType.Whole _ -> row.put(key.column(), Long.parseLong(exampleId()));
      case KeyType.Text _ -> row.put(key.column(), exampleId());
    }
  }

  private ObjectNode anyShape(int most) {
    ObjectNode array = Tree.type("array").put("title", "array");
    array.set("items", Tree.ref("schemas", row()));
    array.put("maxItems", most);
    ObjectNode map = Tree.type("object").put("title", "map");
    ObjectNode properties = map.putObject("properties");
    properties
        .putObject("found")
        .put("type", "object")
        .set("additionalProperties", Tree.ref("schemas", row()));
    properties.set("missing", texts());
    properties.set("unavailable", texts());
    map.set("required", Tree.texts("found", "missing", "unavailable"));
    map.put("additionalProperties", false);
    ObjectNode schema = Tree.object();
    schema.putArray("anyOf").add(array).add(map).add(Tree.ref("schemas", row()));
    return schema;
  }

  private static ObjectNode texts() {
    ObjectNode texts = Tree.type("array");
    texts.set("items", Tree.type("string"));
    return texts;
  }

  private ObjectNode unchanged() {
    ObjectNode response = Answers.response("What the caller has is still right.", UNCHANGED);
    Answers.say(response, AnswerHeader.CACHE_CONTROL, cacheControl());
    response.putObject("content").putObject("application/json");
    return response;
  }

  private ObjectNode cacheControl() {
    return CacheControl.of(
        key.freshness(),
        "How long the answer may be kept: less if an id has no row, not at all if one could not be"
            + " answered.");
  }
}
