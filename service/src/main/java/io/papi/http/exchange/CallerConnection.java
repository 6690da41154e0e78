package io.papi.http.exchange;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.papi.lookup.Requester;

/**
 * The connection by which a request came, as routes know it. It is the request's remote peer: the
 * one thing of a connection to which the server leads from a request.
 *
 * <p>To be used by the connection's thread.
 */
public interface CallerConnection {

  /** The connection of {@code request}. */
  static CallerConnection of(ServerRequest request) {
    return (CallerConnection) request.remotePeer();
  }

  /** Who asks by this connection, to those who share fairly between connections. */
  Requester requester();

  /** Sends {@code body} behind the head of {@code response}, in one write. */
  void send(ServerResponse response, Body body);

  /**
   * Sends the head of {@code response}, which has no body and says of no length: the server itself
   * says 0, which is what 200 would have (RFC 9110, section 8.6).
   */
  void sendHead(ServerResponse response);
}
