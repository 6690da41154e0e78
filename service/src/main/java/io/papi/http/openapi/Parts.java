package io.papi.http.openapi;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The paths of a description that is being made, and what they share. Of one thread. */
final class Parts {
  private final ObjectNode paths = Tree.object();
  private final ObjectNode schemas = Tree.object();
  private final ObjectNode responses = Tree.object();
  private final boolean signedIn;

  /**
   * @param signedIn whether callers have to sign in
   */
  Parts(boolean signedIn) {
    this.signedIn = signedIn;
  }

  boolean signedIn() {
    return signedIn;
  }

  void schema(String name, ObjectNode schema) {
    schemas.set(name, schema);
  }

  void response(String name, ObjectNode response) {
    responses.set(name, response);
  }

  /** Adds a path that is read, on which both methods have the same parameters; returns it. */
  ObjectNode path(String template, Operation operation, ArrayNode parameters) {
    ObjectNode path = path(template, parameters);
    operation.addTo(path);
    return path;
  }

  /** Adds a path without any operation so far; returns it. */
  ObjectNode path(String template, ArrayNode parameters) {
    ObjectNode path = paths.putObject(template);
    path.set("parameters", parameters);
    return path;
  }

  ObjectNode paths() {
    return paths;
  }

  /** What the paths refer to. */
  ObjectNode components() {
    ObjectNode components = Tree.object();
    schemas.set(ProblemAnswer.SCHEMA, ProblemAnswer.schema());
    components.set("schemas", schemas);
    for (ProblemAnswer problem : ProblemAnswer.values()) {
      if (signedIn || !Answers.OF_CALLERS.contains(problem)) {
        responses.set(problem.component(), problem.response());
      }
    }
    components.set("responses", responses);
    ObjectNode parameters = components.putObject("parameters");
    for (RequestHeader header : RequestHeader.values()) {
      parameters.set(header.header(), header.described());
    }
    ObjectNode headers = components.putObject("headers");
    for (AnswerHeader header : AnswerHeader.values()) {
      if (signedIn || header != AnswerHeader.AUTHENTICATE) {
        headers.set(header.header(), header.described());
      }
    }
    if (signedIn) {
      components.set("securitySchemes", Security.schemes());
    }
    return components;
  }
}
