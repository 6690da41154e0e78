package io.papi.http.openapi;

import tools.jackson.databind.node.ObjectNode;

/** The headers of answers. Those that depend on a dataset's or query's settings say so in words. */
enum AnswerHeader {
  REQUEST_ID(
      "X-Request-Id",
      true,
      "The caller's own id if it is 1 to 64 letters, digits or -_.:/, else a new one.",
      Types.TEXT,
      "^[0-9A-Za-z_.:/-]{1,64}$",
      "c0533894-1"),
  NOSNIFF(
      "X-Content-Type-Options",
      true,
      "Tells browsers not to guess the type of the body.",
      Types.TEXT,
      "^nosniff$",
      "nosniff"),
  DATE("Date", false, "When the answer was made.", Types.TEXT, "", "Tue, 27 Jan 2026 09:30:00 GMT"),
  TRACE_PARENT(
      "traceparent",
      false,
      "The caller's own, where it sent one that is well-formed (W3C Trace Context).",
      Types.TEXT,
      "^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$",
      "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"),
  CONNECTION(
      "Connection",
      false,
      "Says close where the connection ends with this answer.",
      Types.TEXT,
      "",
      "close"),
  CONTENT_LENGTH(
      "Content-Length",
      false,
      "The bytes of the body; for HEAD, those that GET would send.",
      Types.WHOLE,
      "",
      "462"),
  TRANSFER_ENCODING(
      "Transfer-Encoding",
      false,
      "A stream of any rows has no length: it comes in chunks, and is whole where the last chunk"
          + " has come.",
      Types.TEXT,
      "",
      "chunked"),
  CACHE_CONTROL(
      "Cache-Control",
      true,
      "Whether and how long the answer may be kept.",
      Types.TEXT,
      "",
      "no-store"),
  AGE(
      "Age",
      true,
      "Whole seconds since the oldest row in the answer was read from the store.",
      Types.WHOLE,
      "",
      "12"),
  ETAG(
      "ETag",
      false,
      "A strong tag of what was sent, made of the rows and never of times. An answer that must not"
          + " be kept has none.",
      Types.TEXT,
      "^\"[0-9a-f]{16}\"$",
      "\"a41b3524d77d1972\""),
  CACHE_STATUS(
      "Cache-Status",
      false,
      "Where the rows came from (RFC 9211): a member for each cache that was asked, nearest to the"
          + " store first. A negative ttl says that a row is stale.",
      Types.TEXT,
      "",
      "redis; hit, near; fwd=miss"),
  SERVER_TIMING(
      "Server-Timing",
      false,
      "Milliseconds in each layer that was asked.",
      Types.TEXT,
      "",
      "redis;dur=0.3, store;dur=31.0"),
  VARY(
      "Vary",
      true,
      "The format depends on Accept where the query string does not say.",
      Types.TEXT,
      "^Accept$",
      "Accept"),
  CONTENT_DISPOSITION(
      "Content-Disposition",
      false,
      "CSV is sent as a file to save, so that no spreadsheet opens it in passing.",
      Types.TEXT,
      "",
      "attachment; filename=\"report.csv\""),
  DEFAULTED(
      "X-Papi-Defaulted",
      false,
      "The ids that have the default row because there is no row of their own, percent-encoded and"
          + " with commas between them; count=205 where that would be more than 2 KiB.",
      Types.TEXT,
      "",
      "9999999"),
  DEFAULTED_UNAVAILABLE(
      "X-Papi-Defaulted-Unavailable",
      false,
      "The same of ids that could not be answered.",
      Types.TEXT,
      "",
      "1885"),
  CONTENT_SECURITY_POLICY(
      "Content-Security-Policy",
      false,
      "What a browser may load for a page of this service.",
      Types.TEXT,
      "",
      "default-src 'none'"),
  RETRY_AFTER(
      "Retry-After", true, "Whole seconds to wait before another try.", Types.WHOLE, "", "1"),
  ALLOW("Allow", true, "The methods that the path takes.", Types.TEXT, "", "GET, HEAD"),
  AUTHENTICATE(
      "WWW-Authenticate",
      true,
      "How a key is given: a header for each way.",
      Types.TEXT,
      "",
      "Bearer realm=\"papi\"");

  private final String header;
  private final boolean required;
  private final String description;
  private final String type;
  private final String pattern;
  private final String example;

  /**
   * @param required whether each answer that lists it has it
   * @param type {@code string} or {@code integer}
   * @param pattern of all values; empty for no rule
   */
  AnswerHeader(
      String header,
      boolean required,
      String description,
      String type,
      String pattern,
      String example) {
    this.header = header;
    this.required = required;
    this.description = description;
    this.type = type;
    this.pattern = pattern;
    this.example = example;
  }

  /** Its name on the wire, which is its name under {@code components} too. */
  String header() {
    return header;
  }

  /** What it is. */
  ObjectNode described() {
    ObjectNode described = Tree.object().put("description", description).put("required", required);
    ObjectNode schema = described.putObject("schema").put("type", type);
    if (!pattern.isEmpty()) {
      schema.put("pattern", pattern);
    }
    if (type.equals(Types.WHOLE)) {
      schema.put("minimum", 0);
      return described.put("example", Long.parseLong(example));
    }
    return described.put("example", example);
  }

  /** The types that a header's value can have. */
  private static final class Types {
    static final String TEXT = "string";
    static final String WHOLE = "integer";
  }
}
