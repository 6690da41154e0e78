package io.papi.http.connection;

import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/** A connection that leaves all it does not do itself to another one. */
abstract class ForwardedConnection implements ConnectionContext {
  private final ConnectionContext accepted;

  ForwardedConnection(ConnectionContext accepted) {
    this.accepted = accepted;
  }

  @Override
  public final HelidonSocket serverSocket() {
    return accepted.serverSocket();
  }

  @Override
  public final ListenerContext listenerContext() {
    return accepted.listenerContext();
  }

  @Override
  public final ExecutorService executor() {
    return accepted.executor();
  }

  @Override
  public final Router router() {
    return accepted.router();
  }

  @Override
  public final Optional<ProxyProtocolData> proxyProtocolData() {
    return accepted.proxyProtocolData();
  }

  @Override
  public final PeerInfo localPeer() {
    return accepted.localPeer();
  }

  @Override
  public final boolean isSecure() {
    return accepted.isSecure();
  }

  @Override
  public final String socketId() {
    return accepted.socketId();
  }

  @Override
  public final String childSocketId() {
    return accepted.childSocketId();
  }
}
