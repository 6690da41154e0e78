package io.papi.http.exchange;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.papi.lookup.Requester;
import java.util.Optional;

/**
 * The connection by which a request came, as routes know it. It is the request's remote peer,
 * because that is the only part of a connection that the server lets a request reach.
 *
 * <p>To be used by the connection's thread.
 */
public interface CallerConnection {

  /** The connection of {@code request}. */
  static CallerConnection of(ServerRequest request) {
    return (CallerConnection) request.remotePeer();
  }

  /** Who asks through this connection, for whatever is shared fairly between connections. */
  Requester requester();

  /** Whose key its last request had; empty if there was none yet. */
  Optional<Recognized> recognized();

  /** Keeps whose key a request had, as long as the connection is open. */
  void recognize(Recognized recognized);

  /** The body of the request that is being answered; nothing if it has none. Not to be changed. */
  byte[] requestBody();

  /** Sends {@code body} behind the head of {@code response}, in one write unless it is large. */
  void send(ServerResponse response, Body body);

  /**
   * Sends the head of {@code response}, which has no body and no length: the server would send a
   * length of 0, as if a 200 were empty (RFC 9110, section 8.6).
   */
  void sendHead(ServerResponse response);

  /**
   * Begins a chunk that never comes, after the last one of an answer that cannot go on. A
   * connection that ended between two chunks would be the end of the answer to some readers, such
   * as Python's when it reads lines. The connection is to be closed next.
   */
  void breakOff();
}
