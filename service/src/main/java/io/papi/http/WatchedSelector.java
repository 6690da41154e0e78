package io.papi.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionListener;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.util.Set;

/**
 * A maker of HTTP/1.1 connections that are under a {@link ConnectionWatch} from the moment at which
 * they are accepted. Thread-safe.
 *
 * <p>It must be its listener's only one: the server then takes it without waiting for bytes to tell
 * it from others.
 */
final class WatchedSelector implements ServerConnectionSelector {
  private final ConnectionWatch watch;
  private final Http1ConnectionSelector http;

  WatchedSelector(Http1Config.Builder config, ConnectionWatch watch) {
    this.watch = watch;
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

  @Override
  public ServerConnection connection(ConnectionContext accepted) {
    return http.connection(watch.watch(accepted));
  }

  @Override
  public int bytesToIdentifyConnection() {
    return http.bytesToIdentifyConnection();
  }

  @Override
  public Support supports(BufferData data) {
    return http.supports(data);
  }

  @Override
  public Set<String> supportedApplicationProtocols() {
    return http.supportedApplicationProtocols();
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
