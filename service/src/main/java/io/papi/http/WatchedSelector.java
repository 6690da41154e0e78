package io.papi.http;

import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionListener;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;

/**
 * A maker of HTTP/1.1 connections that tell a {@link WatchedConnection} of its requests and
 * answers. Thread-safe.
 */
final class WatchedSelector {
  private final Http1ConnectionSelector http;

  WatchedSelector(Http1Config.Builder config) {
    this.http =
        Http1ConnectionSelector.builder()
            .config(
                config
                    .addReceiveListener(new Received())
                    .addSendListener(new Sent())
                    // The connection's reader has checked both, and no path is decoded to find a
                    // route.
                    .validatePath(false)
                    .validatePrologue(false)
                    .build())
            .build();
  }

  ServerConnection connection(WatchedConnection watched) {
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
      ((WatchedConnection) connection).requestRead(headers);
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
