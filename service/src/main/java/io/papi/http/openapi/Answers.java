package io.papi.http.openapi;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/** Responses: what is said of an answer with one status. */
final class Answers {
  /** What every answer can have. */
  private static final List<AnswerHeader> ALWAYS =
      List.of(
          AnswerHeader.REQUEST_ID,
          AnswerHeader.NOSNIFF,
          AnswerHeader.DATE,
          AnswerHeader.TRACE_PARENT,
          AnswerHeader.CONNECTION);

  /** What a request can meet wherever it goes. */
  private static final List<ProblemAnswer> ANYWHERE =
      List.of(
          ProblemAnswer.BAD_REQUEST,
          ProblemAnswer.BODY_REFUSED,
          ProblemAnswer.LINE_TOO_LONG,
          ProblemAnswer.FAULT,
          ProblemAnswer.CODING,
          ProblemAnswer.UNAVAILABLE,
          ProblemAnswer.VERSION);

  /** What a caller can meet who has to sign in. */
  static final List<ProblemAnswer> OF_CALLERS =
      List.of(ProblemAnswer.UNAUTHORIZED, ProblemAnswer.FORBIDDEN, ProblemAnswer.TOO_MANY);

  private Answers() {}

  /** A response without a body so far. */
  static ObjectNode response(String description, Collection<AnswerHeader> headers) {
    ObjectNode response = Tree.object().put("description", description);
    ObjectNode described = response.putObject("headers");
    ALWAYS.forEach(header -> add(described, header));
    headers.forEach(header -> add(described, header));
    return response;
  }

  private static void add(ObjectNode headers, AnswerHeader header) {
    headers.set(header.header(), Tree.ref("headers", header.header()));
  }

  /** Puts what one answer says of a header in the place of what all say. */
  static void say(ObjectNode response, AnswerHeader header, ObjectNode described) {
    ((ObjectNode) response.path("headers")).set(header.header(), described);
  }

  /**
   * All responses of an operation, by status.
   *
   * @param good those that are no errors, by status, as names under {@code components}
   * @param problems those that not every path has
   */
  static ObjectNode of(Map<String, String> good, List<ProblemAnswer> problems, boolean signedIn) {
    TreeMap<String, String> names = new TreeMap<>(good);
    ANYWHERE.forEach(each -> names.put(each.status(), each.component()));
    problems.forEach(each -> names.put(each.status(), each.component()));
    if (signedIn) {
      OF_CALLERS.forEach(each -> names.put(each.status(), each.component()));
    }
    ObjectNode responses = Tree.object();
    names.forEach((status, name) -> responses.set(status, Tree.ref("responses", name)));
    return responses;
  }
}
