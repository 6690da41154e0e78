package io.papi.http.exchange;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.helidon.http.DirectHandler;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.ByteArrayOutputStream;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** Writes problems, for a route and for requests that never reach one. Thread-safe. */
public final class ProblemWriter {
  private static final Header CONTENT_TYPE =
      HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/problem+json");
  private static final Header RETRY_AFTER = HeaderValues.createCached(HeaderNames.RETRY_AFTER, "1");

  private final RequestIds requestIds;
  private final Refusals refusals;

  public ProblemWriter(RequestIds requestIds, MeterRegistry meters) {
    this.requestIds = requestIds;
    this.refusals = new Refusals(meters);
  }

  /** Answers a request. */
  void send(ServerRequest request, ServerResponse response, Problem problem, String requestId) {
    byte[] body = json(problem, requestId);
    response.status(problem.status());
    addHeaders(response.headers(), problem);
    Body.send(request, response, Body.of(body));
  }

  /** The server's handlers for requests that it refuses before it looks for a route. */
  public DirectHandlers directHandlers() {
    DirectHandlers.Builder handlers = DirectHandlers.builder();
    for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
      handlers.addHandler(type, this::refuse);
    }
    return handlers.build();
  }

  private DirectHandler.TransportResponse refuse(
      DirectHandler.TransportRequest request,
      DirectHandler.EventType type,
      Status status,
      ServerResponseHeaders headers,
      String message) {
    Refusal refusal = Refusal.of(request, status);
    refusals.count(refusal);
    Problem problem = Problem.of(status, refusal.detail());
    String requestId = requestIds.of(request.headers());
    RequestIds.addTo(headers, requestId);
    addHeaders(headers, problem);
    return DirectHandler.TransportResponse.builder()
        .status(status)
        .headers(headers)
        .keepAlive(type.keepAlive())
        .entity(json(problem, requestId))
        .build();
  }

  /**
   * The whole message for a connection that the server has never handled, and that ends with it.
   */
  public byte[] lastMessage(Problem problem, boolean toHead) {
    WritableHeaders<?> headers = WritableHeaders.create();
    String requestId = requestIds.of(headers);
    byte[] body = json(problem, requestId);
    RequestIds.addTo(headers, requestId);
    headers.set(HeaderValues.CONNECTION_CLOSE);
    headers.set(HeaderValues.create(HeaderNames.CONTENT_LENGTH, body.length));
    addHeaders(headers, problem);
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    message.writeBytes(("HTTP/1.1 " + problem.status() + "\r\n").getBytes(ISO_8859_1));
    for (Header header : headers) {
      message.writeBytes((header.name() + ": " + header.get() + "\r\n").getBytes(ISO_8859_1));
    }
    message.writeBytes("\r\n".getBytes(ISO_8859_1));
    if (!toHead) {
      message.writeBytes(body);
    }
    return message.toByteArray();
  }

  private static void addHeaders(WritableHeaders<?> headers, Problem problem) {
    headers.set(CONTENT_TYPE);
    headers.set(Json.NO_STORE);
    if (problem.status().equals(Status.SERVICE_UNAVAILABLE_503)) {
      headers.set(RETRY_AFTER);
    }
    problem.headers().forEach(headers::set);
  }

  private static byte[] json(Problem problem, String requestId) {
    return Json.bytes(
        json -> {
          json.writeStartObject();
          json.writeStringProperty("type", "about:blank");
          json.writeStringProperty("title", problem.status().reasonPhrase());
          json.writeNumberProperty("status", problem.status().code());
          json.writeStringProperty("detail", problem.detail());
          json.writeStringProperty("error", problem.error());
          json.writeStringProperty("requestId", requestId);
          writeIds(json, "unavailable", problem.unavailable());
          writeIds(json, "missing", problem.missing());
          json.writeEndObject();
        });
  }

  private static void writeIds(JsonGenerator json, String name, List<String> ids) {
    if (!ids.isEmpty()) {
      json.writeArrayPropertyStart(name);
      ids.forEach(json::writeString);
      json.writeEndArray();
    }
  }
}
