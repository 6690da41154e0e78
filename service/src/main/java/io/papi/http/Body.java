package io.papi.http;

import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.http.Method;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectTransportRequest;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;

/** The bodies of HTTP messages: requests have none, and an answer to HEAD has only its length. */
final class Body {
  private Body() {}

  /** Sends {@code body}, or to HEAD its length. */
  static void send(ServerRequest request, ServerResponse response, byte[] body) {
    if (request.prologue().method().equals(Method.HEAD)) {
      response.headers().contentLength(body.length);
      response.send();
    } else {
      response.send(body);
    }
  }

  /**
   * Refuses a request with a chunked body, which the server would wait for after it has answered.
   * One with a length is refused by the server, and so is whatever is neither.
   *
   * @throws RequestException 413, which closes the connection
   */
  static void refuse(HttpPrologue prologue, Headers headers) {
    if (headers.contains(HeaderNames.TRANSFER_ENCODING)
        && !headers.contains(HeaderNames.CONTENT_LENGTH)) {
      List<String> codings = headers.get(HeaderNames.TRANSFER_ENCODING).allValues();
      if (codings.size() == 1 && codings.getFirst().equalsIgnoreCase("chunked")) {
        throw RequestException.builder()
            .type(EventType.PAYLOAD_TOO_LARGE)
            .status(Status.REQUEST_ENTITY_TOO_LARGE_413)
            .request(DirectTransportRequest.create(prologue, headers))
            .setKeepAlive(false)
            .message("a chunked body")
            .build();
      }
    }
  }
}
