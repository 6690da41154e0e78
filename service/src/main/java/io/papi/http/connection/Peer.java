package io.papi.http.connection;

import io.helidon.common.socket.PeerInfo;
import io.helidon.webserver.http.ServerResponse;
import io.papi.http.exchange.Body;
import io.papi.http.exchange.CallerConnection;
import io.papi.http.exchange.Recognized;
import io.papi.lookup.Requester;
import java.net.SocketAddress;
import java.security.Principal;
import java.security.cert.Certificate;
import java.util.Optional;

/** The peer of a connection. It leads from a request to the connection. */
record Peer(PeerInfo peer, WatchedConnection connection) implements PeerInfo, CallerConnection {

  @Override
  public Requester requester() {
    return connection.requester();
  }

  @Override
  public Optional<Recognized> recognized() {
    return Optional.ofNullable(connection.recognized());
  }

  @Override
  public void recognize(Recognized recognized) {
    connection.recognize(recognized);
  }

  @Override
  public byte[] requestBody() {
    return connection.requestBody();
  }

  @Override
  public void send(ServerResponse response, Body body) {
    connection.send(response, body);
  }

  @Override
  public void sendHead(ServerResponse response) {
    connection.sendHead(response);
  }

  @Override
  public void breakOff() {
    connection.breakOff();
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
