package io.papi.http.port;

import java.io.IOException;
import java.io.Serial;
import java.net.InetSocketAddress;

/** The server cannot open its ports, or could not serve anybody. */
public final class CannotListenException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  CannotListenException(String message) {
    super(message);
  }

  private CannotListenException(String message, IOException cause) {
    super(message, cause);
  }

  /** Not even a connection within this machine could be made. */
  static CannotListenException withoutConnections(IOException e) {
    return new CannotListenException(
        "no connection within this machine can be made: " + e.getMessage(), e);
  }

  /** The certificate of TLS cannot be used; {@code why} names its file. */
  public static CannotListenException withoutCertificate(String why) {
    return new CannotListenException("the certificate cannot be used: " + why);
  }

  /** {@code address} could not be opened; the reason is only in the text of {@code e}. */
  static CannotListenException of(InetSocketAddress address, IOException e) {
    int port = address.getPort();
    String reason = String.valueOf(e.getMessage());
    String message;
    if (reason.contains("already in use")) {
      message = "port " + port + " is in use";
    } else if (reason.contains("Permission denied")) {
      message = "this process has no right to open port " + port;
    } else if (reason.contains("assign requested address")) {
      message = address.getAddress().getHostAddress() + " is no address of this machine";
    } else {
      message = "port " + port + " cannot be opened: " + reason;
    }
    return new CannotListenException(message, e);
  }
}
