package io.papi.http.openapi;

import static io.papi.http.openapi.AnswerHeader.ALLOW;
import static io.papi.http.openapi.AnswerHeader.AUTHENTICATE;
import static io.papi.http.openapi.AnswerHeader.CACHE_CONTROL;
import static io.papi.http.openapi.AnswerHeader.CONTENT_LENGTH;
import static io.papi.http.openapi.AnswerHeader.RETRY_AFTER;

import io.helidon.http.Status;
import io.papi.http.exchange.ProtocolLimits;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The answers that are errors: one response under {@code components} for each status. */
enum ProblemAnswer {
  BAD_REQUEST(
      400,
      "A bad id or parameter, or not a well-formed request.",
      "id 1 (007) has a leading zero: write 7"),
  UNAUTHORIZED(
      401,
      "No key, a wrong one, or two different ones.",
      "only known callers may ask for this: send its key as Authorization: Bearer, as user name or"
          + " password of Authorization: Basic, or as X-API-Key",
      AUTHENTICATE),
  FORBIDDEN(
      403,
      "What is asked for is not the caller's own.",
      "caller web may not ask for dataset customer"),
  NOT_FOUND(
      404, "None of the ids has a row, and missing is not-found.", "none of these ids has a row"),
  NO_SUCH_PATH(404, "There is nothing at this path.", "there is nothing at this path"),
  METHOD_NOT_ALLOWED(
      405, "The path does not take this method.", "this path takes GET and HEAD", ALLOW),
  NOT_ACCEPTABLE(
      406,
      "There is none of the media types that Accept lists.",
      "there is application/json, application/x-ndjson, text/csv or application/xml: accept one of"
          + " these, or write format=json, ndjson, csv or xml"),
  PRECONDITION_FAILED(
      412, "If-Match names another answer.", "what is here now is not what If-Match names"),
  BODY_REFUSED(
      413,
      "The request has a body where none is taken, or a longer one than is taken. The connection is"
          + " closed.",
      "the body is longer than " + ProtocolLimits.MAX_BODY_BYTES + " bytes"),
  LINE_TOO_LONG(
      414,
      "The request line is too long. The connection is closed.",
      "the request line is longer than " + ProtocolLimits.MAX_REQUEST_LINE_BYTES + " bytes"),
  UNSUPPORTED(
      415,
      "The body is not JSON, or has a coding.",
      "the body is to be JSON: send Content-Type: application/json"),
  TOO_LARGE(
      422,
      "The answer is larger than the query's max-rows or max-bytes.",
      "the answer has more than 10000 rows or 8388608 bytes: ask for less of it"),
  TOO_MANY(
      429,
      "The caller is beyond its limit.",
      "caller web may make 200 requests a second, and 400 at once",
      RETRY_AFTER),
  FAULT(500, "A fault of the service.", "the service has a fault"),
  CODING(
      501,
      "The request's body has a coding. The connection is closed.",
      "this server knows no coding of a request's body"),
  BAD_GATEWAY(
      502,
      "The store has something else than is configured, or a value that cannot be shown.",
      "what the store has of these ids cannot be shown: 1885"),
  UNAVAILABLE(
      503,
      "The store cannot be asked, or too many wait for it.",
      "the store cannot be asked now",
      RETRY_AFTER),
  LATE(504, "No answer within the deadline.", "no answer within 1000 ms"),
  VERSION(
      505,
      "Another version of HTTP than 1.1. The connection is closed.",
      "this server speaks HTTP/1.1");

  /** The parts that every problem has. */
  static final String SCHEMA = "Problem";

  private final int status;
  private final String description;
  private final String detail;
  private final Optional<AnswerHeader> header;

  ProblemAnswer(int status, String description, String detail) {
    this(status, description, detail, Optional.empty());
  }

  ProblemAnswer(int status, String description, String detail, AnswerHeader header) {
    this(status, description, detail, Optional.of(header));
  }

  ProblemAnswer(int status, String description, String detail, Optional<AnswerHeader> header) {
    this.status = status;
    this.description = description;
    this.detail = detail;
    this.header = header;
  }

  String status() {
    return Integer.toString(status);
  }

  /** Its name under {@code components}. */
  String component() {
    return this == NO_SUCH_PATH ? "404-path" : status();
  }

  ObjectNode response() {
    List<AnswerHeader> headers = new ArrayList<>(List.of(CACHE_CONTROL, CONTENT_LENGTH));
    header.ifPresent(headers::add);
    ObjectNode response = Answers.response(description, headers);
    ObjectNode media = response.putObject("content").putObject("application/problem+json");
    media.set("schema", Tree.ref("schemas", SCHEMA));
    media.set("example", example());
    return response;
  }

  private ObjectNode example() {
    String reason = Status.create(status).reasonPhrase();
    ObjectNode example =
        Tree.object()
            .put("type", "about:blank")
            .put("title", reason)
            .put("status", status)
            .put("detail", detail)
            .put("error", this == NO_SUCH_PATH ? "Not found!" : reason)
            .put("requestId", "c0533894-1");
    if (this == NOT_FOUND) {
      example.set("missing", Tree.texts("9999999"));
    }
    if (EnumSet.of(BAD_GATEWAY, UNAVAILABLE, LATE).contains(this)) {
      example.set("unavailable", Tree.texts("1885"));
    }
    return example;
  }

  /** What all problems have in common (RFC 9457). */
  static ObjectNode schema() {
    ObjectNode schema =
        Tree.type("object").put("description", "An error (RFC 9457, Problem Details).");
    ObjectNode properties = schema.putObject("properties");
    properties.set("type", Tree.type("string").put("format", "uri-reference"));
    properties.set("title", Tree.type("string"));
    properties.set("status", Tree.type("integer").put("minimum", 400).put("maximum", 599));
    properties.set(
        "detail",
        Tree.type("string").put("description", "One sentence that names the input and the limit."));
    properties.set("error", Tree.type("string"));
    properties.set("requestId", Tree.type("string"));
    properties.set("unavailable", ids("The ids about which nothing is known, in the order asked."));
    properties.set("missing", ids("The ids that have no row, in the order asked."));
    schema.set("required", Tree.texts("type", "title", "status", "detail", "error", "requestId"));
    return schema;
  }

  private static ObjectNode ids(String description) {
    ObjectNode ids = Tree.type("array").put("description", description);
    ids.set("items", Tree.type("string"));
    return ids;
  }
}
