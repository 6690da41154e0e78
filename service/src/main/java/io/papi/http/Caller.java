package io.papi.http;

import io.helidon.common.socket.PeerInfo;
import io.helidon.webserver.http.ServerRequest;
import java.net.SocketAddress;
import java.security.Principal;
import java.security.cert.Certificate;
import java.util.Optional;

/** The peer of a connection, by which a request leads to its connection. */
record Caller(PeerInfo peer, WatchedConnection connection) implements PeerInfo {

  /** The caller who sent {@code request}, which came by a {@link WatchedConnection}. */
  static Caller of(ServerRequest request) {
    return (Caller) request.remotePeer();
  }

  @Override
  public SocketAddress address() {
    return peer.address();
  }

  @Override
  public String host() {
    return peer.host();
  }

  @Override
  public int port() {
    return peer.port();
  }

  @Override
  public Optional<Principal> tlsPrincipal() {
    return peer.tlsPrincipal();
  }

  @Override
  public Optional<Certificate[]> tlsCertificates() {
    return peer.tlsCertificates();
  }
}
