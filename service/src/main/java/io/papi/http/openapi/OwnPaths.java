package io.papi.http.openapi;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The paths that every service has: its root, and this description. */
final class OwnPaths {
  private static final String TAG = "Service";

  private OwnPaths() {}

  static void addTo(Parts parts) {
    addRoot(parts);
    addDescription(parts, "/openapi.json", "application/json", "json");
    addDescription(parts, "/openapi.yaml", "application/yaml", "yaml");
  }

  /** Whoever looks after the service may ask, so it needs no key. */
  private static void addRoot(Parts parts) {
    List<AnswerHeader> headers =
        List.of(
            AnswerHeader.CACHE_CONTROL,
            AnswerHeader.CONTENT_SECURITY_POLICY,
            AnswerHeader.CONTENT_LENGTH);
    ObjectNode answer = Answers.response("The service is there.", headers);
    ObjectNode media = answer.putObject("content").putObject("application/json");
    media.putObject("schema").put("type", "object");
    media.putObject("example").put("result", "Nothing to see here");
    parts.response("root", answer);
    addUnchanged(parts, "root", "application/json", headers);
    ObjectNode path = add(parts, "/", "root", "Whether the service is there", "For checks.", false);
    if (parts.signedIn()) {
      path.properties().stream()
          .filter(each -> each.getValue().has("operationId"))
          .forEach(each -> ((ObjectNode) each.getValue()).putArray("security"));
    }
  }

  private static void addDescription(Parts parts, String path, String type, String name) {
    List<AnswerHeader> headers =
        List.of(AnswerHeader.CACHE_CONTROL, AnswerHeader.ETAG, AnswerHeader.CONTENT_LENGTH);
    ObjectNode answer = Answers.response("The description.", headers);
    answer.putObject("content").putObject(type).putObject("schema").put("type", "object");
    parts.response(name, answer);
    addUnchanged(parts, name, type, headers);
    add(
        parts,
        path,
        name,
        "This description as " + name.toUpperCase(Locale.ROOT),
        "OpenAPI 3.1.",
        parts.signedIn());
  }

  private static void addUnchanged(
      Parts parts, String name, String type, List<AnswerHeader> headers) {
    ObjectNode unchanged =
        Answers.response(
            "What the caller has is still right.",
            headers.stream().filter(each -> each != AnswerHeader.CONTENT_LENGTH).toList());
    unchanged.putObject("content").putObject(type);
    parts.response(name + "-unchanged", unchanged);
  }

  private static ObjectNode add(
      Parts parts, String path, String name, String summary, String words, boolean signedIn) {
    ArrayNode parameters = Tree.array();
    RequestHeader.add(parameters, RequestHeader.OF_TAGGED);
    return parts.path(
        path,
        new Operation(
            name,
            TAG,
            summary,
            words,
            Answers.of(
                Map.of("200", name, "304", name + "-unchanged"),
                List.of(ProblemAnswer.PRECONDITION_FAILED),
                signedIn)),
        parameters);
  }
}
