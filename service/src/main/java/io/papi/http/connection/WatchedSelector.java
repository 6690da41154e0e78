package io.papi.http.connection;

import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionListener;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.papi.http.exchange.ProtocolLimits;

/**
 * Makes HTTP/1.1 connections that tell a {@link WatchedConnection} about its requests and answers.
 * Thread-safe.
 */
public final class WatchedSelector {
  private final Http1ConnectionSelector http;

  public WatchedSelector() {
    this.http =
        Http1ConnectionSelector.builder()
            .config(
                Http1Config.builder()
                    .maxPrologueLength(ProtocolLimits.MAX_REQUEST_LINE_BYTES)
                    .maxHeadersSize(ProtocolLimits.MAX_HEADER_BYTES)
                    .sendKeepAliveHeader(false)
                    // Looking at each character again costs a tenth of a hit. What is a caller's in
                    // an answer's headers, its request id and trace, is checked where it is taken.
                    .validateResponseHeaders(false)
                    .addReceiveListener(new Received())
                    .addSendListener(new Sent())
                    // The connection's reader has checked both, and no path is decoded to find a
                    // route.
                    .validatePath(false)
                    .validatePrologue(false)
                    .build())
            .build();
  }

  public ServerConnection connection(WatchedConnection watched) {
    return http.connection(watched);
  }

  /** Tells a connection of requests. */
  private static final class Received implements Http1ConnectionListener {

    @Override
    public void prologue(ConnectionContext connection, HttpPrologue prologue) {
      ((WatchedConnection) connection).requestBegun(prologue);
    }

    @Override
    public void headers(ConnectionContext connection, Headers headers) {
      ((WatchedConnection) connection).requestRead((WritableHeaders<?>) headers);
    }
  }

  /** Tells a connection of answers. */
  private static final class Sent implements Http1ConnectionListener {

    @Override
    public void headers(ConnectionContext connection, Headers headers) {
      ((WatchedConnection) connection).answered((WritableHeaders<?>) headers);
    }
  }
}
