package io.papi.http.port;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.common.socket.SocketWriter;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/**
 * A socket that has been accepted, together with what all connections of its port share.
 *
 * @param dataReader reads from {@code serverSocket}
 * @param dataWriter writes to {@code serverSocket} at once
 */
record AcceptedConnection(
    HelidonSocket serverSocket,
    DataReader dataReader,
    DataWriter dataWriter,
    ListenerContext listenerContext,
    Router router)
    implements ConnectionContext {

  AcceptedConnection(HelidonSocket socket, ListenerContext listenerContext, Router router) {
    this(socket, DataReader.create(socket), SocketWriter.create(socket), listenerContext, router);
  }

  @Override
  public ExecutorService executor() {
    return listenerContext.executor();
  }

  @Override
  public Optional<ProxyProtocolData> proxyProtocolData() {
    return Optional.empty();
  }

  @Override
  public PeerInfo remotePeer() {
    return serverSocket.remotePeer();
  }

  @Override
  public PeerInfo localPeer() {
    return serverSocket.localPeer();
  }

  @Override
  public boolean isSecure() {
    return serverSocket.isSecure();
  }

  @Override
  public String socketId() {
    return serverSocket.socketId();
  }

  @Override
  public String childSocketId() {
    return serverSocket.childSocketId();
  }
}
