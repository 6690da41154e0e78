package io.papi.http.openapi;

import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.papi.http.exchange.Body;
import io.papi.http.format.Format;
import io.papi.http.format.Formats;
import io.papi.lookup.Row;
import io.papi.query.Parameter;
import io.papi.query.PathTemplate;
import io.papi.query.Query;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The paths of a query, streamed or not: its parameters, and its rows in each format. */
final class QueryPath {
  private static final List<AnswerHeader> KEPT =
      List.of(
          AnswerHeader.ETAG,
          AnswerHeader.AGE,
          AnswerHeader.CACHE_CONTROL,
          AnswerHeader.CACHE_STATUS,
          AnswerHeader.SERVER_TIMING,
          AnswerHeader.VARY,
          AnswerHeader.CONTENT_DISPOSITION);

  private static final List<AnswerHeader> STREAMED =
      List.of(
          AnswerHeader.CACHE_CONTROL,
          AnswerHeader.VARY,
          AnswerHeader.CONTENT_DISPOSITION,
          AnswerHeader.CONTENT_LENGTH,
          AnswerHeader.TRANSFER_ENCODING);

  private static final List<ProblemAnswer> PROBLEMS =
      List.of(ProblemAnswer.NOT_ACCEPTABLE, ProblemAnswer.BAD_GATEWAY, ProblemAnswer.LATE);

  private final Query query;
  private final Columns columns;

  QueryPath(Query query, Columns columns) {
    this.query = query;
    this.columns = columns;
  }

  /** Adds all paths, and the parts that are their own. */
  void addTo(Parts parts) {
    String name = query.name();
    parts.schema(row(), columns.schema(true));
    ObjectNode responses = query.stream().isPresent() ? streamed(parts) : kept(parts);
    for (int i = 0; i < query.paths().size(); i++) {
      PathTemplate template = query.paths().get(i);
      parts.path(
          template.toString(),
          new Operation(
              i == 0 ? name : name + "_" + (i + 1),
              query.stream().isPresent() ? "Streams" : "Queries",
              (query.stream().isPresent() ? "The stream " : "The report ") + name,
              description(),
              responses),
          parameters(template));
    }
  }

  private String row() {
    return "row-" + query.name();
  }

  private String description() {
    if (query.stream().isPresent()) {
      return "All rows, as they are read from the store. What fails after the first row breaks the"
          + " connection, so that no part is taken for the whole. At most "
          + query.stream().get().maxConcurrent()
          + " at once.";
    }
    return "At most "
        + query.limits().maxRows()
        + " rows, which are fresh for "
        + query.freshness().freshFor().toSeconds()
        + " s. A parameter that is not listed here is 400.";
  }

  private ObjectNode kept(Parts parts) {
    List<AnswerHeader> headers = new ArrayList<>(KEPT);
    headers.add(AnswerHeader.CONTENT_LENGTH);
    ObjectNode answer = Answers.response("The rows.", headers);
    ObjectNode unchanged = Answers.response("What the caller has is still right.", KEPT);
    ObjectNode cacheControl =
        CacheControl.of(query.freshness(), "How long the answer may be kept.");
    Answers.say(answer, AnswerHeader.CACHE_CONTROL, cacheControl);
    Answers.say(unchanged, AnswerHeader.CACHE_CONTROL, cacheControl.deepCopy());
    addContent(answer);
    ObjectNode types = unchanged.putObject("content");
    Arrays.stream(Format.values()).forEach(format -> types.putObject(format.mediaType()));
    parts.response(query.name(), answer);
    parts.response(query.name() + "-unchanged", unchanged);
    List<ProblemAnswer> problems = new ArrayList<>(PROBLEMS);
    problems.add(ProblemAnswer.PRECONDITION_FAILED);
    problems.add(ProblemAnswer.TOO_LARGE);
    return Answers.of(
        Map.of("200", query.name(), "304", query.name() + "-unchanged"),
        problems,
        parts.signedIn());
  }

  private ObjectNode streamed(Parts parts) {
    ObjectNode answer = Answers.response("The rows, in chunks.", STREAMED);
    addContent(answer);
    parts.response(query.name(), answer);
    return Answers.of(Map.of("200", query.name()), PROBLEMS, parts.signedIn());
  }

  private ArrayNode parameters(PathTemplate template) {
    ArrayNode parameters = Tree.array();
    for (Parameter parameter : query.parameters()) {
      parameters.add(parameter(parameter, template.names().contains(parameter.name())));
    }
    ObjectNode format = Tree.type("string");
    format.set("enum", Tree.texts(Arrays.stream(Format.values()).map(Format::word).toList()));
    parameters.add(
        inQuery(
            "format", "The format; without it Accept decides, and JSON is the usual one.", format));
    List<RequestHeader> headers = RequestHeader.OF_ALL;
    if (query.stream().isPresent()) {
      parameters.add(
          inQuery(
              "limit",
              "The most rows.",
              Tree.type("integer")
                  .put("format", "int64")
                  .put("minimum", 0)
                  .put("maximum", Long.MAX_VALUE)));
    } else {
      headers = new ArrayList<>(RequestHeader.OF_TAGGED);
      headers.add(RequestHeader.CACHE_CONTROL);
    }
    RequestHeader.add(parameters, headers);
    return parameters;
  }

  private static ObjectNode parameter(Parameter parameter, boolean inPath) {
    boolean isRequired = inPath || parameter.required();
    ObjectNode schema = ParameterSchema.of(parameter);
    String words = "It takes " + parameter.type().allowed() + ".";
    if (parameter.needs().isPresent()) {
      words += " Only together with " + parameter.needs().get() + ".";
    }
    if (!isRequired && parameter.defaultValue().isEmpty()) {
      words += " Without it, it is NULL.";
    }
    ObjectNode described =
        Tree.object()
            .put("name", parameter.name())
            .put("in", inPath ? "path" : "query")
            .put("description", words);
    if (isRequired) {
      described.put("required", true);
    } else {
      described.put("allowEmptyValue", true);
    }
    parameter.needs().ifPresent(other -> described.put("x-needs", other));
    described.set("schema", schema);
    ParameterSchema.putExample(described, parameter);
    return described;
  }

  private static ObjectNode inQuery(String name, String description, ObjectNode schema) {
    ObjectNode parameter =
        Tree.object()
            .put("name", name)
            .put("in", "query")
            .put("description", description)
            .put("allowEmptyValue", true);
    parameter.set("schema", schema);
    return parameter;
  }

  /** The examples are made by what writes the answers. */
  private void addContent(ObjectNode response) {
    ArrayNode rows = Tree.array();
    if (!columns.names().isEmpty()) {
      rows.add(columns.example());
    }
    ObjectNode array = Tree.type("array");
    array.set("items", Tree.ref("schemas", row()));
    ObjectNode content = response.putObject("content");
    for (Format format : Format.values()) {
      ObjectNode media = content.putObject(format.mediaType());
      boolean isJson = format == Format.JSON;
      media.set("schema", isJson ? array : Tree.type("string"));
      if (isJson) {
        media.set("example", rows);
      } else if (!columns.names().isEmpty()) {
        media.put("example", written(format, rows));
      }
    }
  }

  private String written(Format format, ArrayNode rows) {
    Formats formats = new Formats(query.name(), columns::names, new CompositeMeterRegistry());
    byte[] json = JsonMapper.shared().writeValueAsBytes(rows);
    Body body = formats.body(format, Row.loaded(json));
    byte[] bytes = new byte[body.length()];
    body.copyTo(bytes, 0);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
