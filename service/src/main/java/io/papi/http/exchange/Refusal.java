package io.papi.http.exchange;

import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.DirectHandler.TransportRequest;
import io.helidon.http.RequestException;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.http.Status;

/** Why a request is refused before it is routed. Each of them ends the connection. */
public enum Refusal {
  MALFORMED("malformed", 400, "the request is not well-formed HTTP/1.1"),
  DOT_SEGMENT(
      "dot-segment", 400, "a segment of the path is . or .., which this server does not resolve"),
  BODY("body", 413, "a request to this server has no body, but for POST of ids"),
  LONG_BODY(
      "long-body", 413, "the body is longer than " + ProtocolLimits.MAX_BODY_BYTES + " bytes"),
  LONG_LINE(
      "long-line",
      414,
      "the request line is longer than " + ProtocolLimits.MAX_REQUEST_LINE_BYTES + " bytes"),
  FOREIGN_HOST(
      "foreign-host",
      421,
      "browsers may not call this server by the name in Host: if it is its own, it belongs into"
          + " host-names of the configuration"),
  FOREIGN_SITE("foreign-site", 403, "a page of another site may change nothing here"),
  CODING("coding", 501, "this server knows no coding of a request's body"),
  BODIES("bodies", 503, "there is no room for more bodies at once"),
  VERSION("version", 505, "this server speaks HTTP/1.1"),
  /** The server should have handled it and could not: a fault of ours. */
  FAULT("fault", 500, "the request could not be handled");

  private final String tag;
  private final int status;
  private final String detail;

  Refusal(String tag, int status, String detail) {
    this.tag = tag;
    this.status = status;
    this.detail = detail;
  }

  /** The reason's name in a meter. */
  String tag() {
    return tag;
  }

  /** What the caller is told. */
  String detail() {
    return detail;
  }

  /** Refuses {@code request} instead of routing it. On the connection's thread. */
  public RequestException of(TransportRequest request) {
    return RequestException.builder()
        .type(status == 413 ? EventType.PAYLOAD_TOO_LARGE : EventType.BAD_REQUEST)
        .status(Status.create(status))
        .request(new Refused(this, request))
        .setKeepAlive(false)
        .message("refused before routing: " + tag)
        .build();
  }

  /** Why {@code request} was refused with {@code status}, by this service or the server itself. */
  public static Refusal of(TransportRequest request, Status status) {
    if (request instanceof Refused refused) {
      return refused.reason;
    }
    for (Refusal refusal : values()) {
      if (refusal.status == status.code()) {
        return refusal;
      }
    }
    return status.family() == Status.Family.CLIENT_ERROR ? MALFORMED : FAULT;
  }

  /** A request that this service refused, with the reason. */
  private record Refused(Refusal reason, TransportRequest request) implements TransportRequest {

    @Override
    public String protocolVersion() {
      return request.protocolVersion();
    }

    @Override
    public String method() {
      return request.method();
    }

    @Override
    public String path() {
      return request.path();
    }

    @Override
    public ServerRequestHeaders headers() {
      return request.headers();
    }
  }
}
