package io.papi.http.exchange;

import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/**
 * The body of an answer. It is copied once, to the place it is sent from.
 *
 * <p>The server itself would copy it up to three times: it grows its own buffer by doubling.
 */
public interface Body {

  /** The number of bytes. */
  int length();

  /** Copies all bytes into {@code target}, beginning at {@code offset}. */
  void copyTo(byte[] target, int offset);

  /** A body that exists already; it owns {@code bytes} from now on. */
  static Body of(byte[] bytes) {
    return new Body() {
      @Override
      public int length() {
        return bytes.length;
      }

      @Override
      public void copyTo(byte[] target, int offset) {
        System.arraycopy(bytes, 0, target, offset, bytes.length);
      }
    };
  }

  /** Answers {@code request} with 304: what the caller has is still right. */
  static void sendUnchanged(ServerRequest request, ServerResponse response) {
    response.status(Status.NOT_MODIFIED_304);
    CallerConnection.of(request).sendHead(response);
  }

  /** Answers {@code request} with {@code body}, or HEAD with its length alone. */
  static void send(ServerRequest request, ServerResponse response, Body body) {
    response.headers().contentLength(body.length());
    if (request.prologue().method().equals(Method.HEAD)) {
      response.send();
    } else {
      CallerConnection.of(request).send(response, body);
    }
  }
}
