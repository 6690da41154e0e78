package io.papi.http.openapi;

import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The headers of requests that mean something here. None has a wrong value: what cannot be read is
 * ignored, so nothing is said of what they may hold. {@code Accept} is not among them, as OpenAPI
 * leaves that to the media types of the answers.
 */
enum RequestHeader {
  REQUEST_ID("X-Request-Id", "An id that the answer and the log repeat."),
  TRACE_PARENT("traceparent", "The caller's place in its trace, which the answer repeats."),
  IF_NONE_MATCH("If-None-Match", "Tags of answers that the caller has: 304 if one is still right."),
  IF_MATCH("If-Match", "The same the other way round: 412 unless one is still right."),
  CACHE_CONTROL(
      "Cache-Control",
      "max-age=N: rows that were read at most N seconds ago; no-cache: just now, where the caller"
          + " may ask for younger rows than the caches' own. While the store cannot answer, an"
          + " older row all the same, and Age says so.");

  /** Of what is kept nowhere. */
  static final List<RequestHeader> OF_ALL = List.of(REQUEST_ID, TRACE_PARENT);

  /** Of a document with a tag. */
  static final List<RequestHeader> OF_TAGGED =
      List.of(REQUEST_ID, TRACE_PARENT, IF_NONE_MATCH, IF_MATCH);

  private final String header;
  private final String description;

  RequestHeader(String header, String description) {
    this.header = header;
    this.description = description;
  }

  /** Its name, on the wire and under {@code components}. */
  String header() {
    return header;
  }

  ObjectNode described() {
    ObjectNode parameter =
        Tree.object().put("name", header).put("in", "header").put("description", description);
    parameter.set("schema", Tree.type("string"));
    return parameter;
  }

  /** Adds them to the parameters of a path. */
  static void add(ArrayNode parameters, List<RequestHeader> headers) {
    headers.forEach(each -> parameters.add(Tree.ref("parameters", each.header)));
  }
}
