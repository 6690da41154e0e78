package io.papi.http.port;

import io.helidon.common.socket.HelidonSocket;
import io.papi.http.connection.Wire;
import java.nio.channels.SocketChannel;

/** What connections of a port speak below HTTP. Thread-safe. */
interface Transport {

  /**
   * A connection that was accepted. Does not wait for its caller.
   *
   * @param id of the connection, and {@code port}'s name: for the server's own log
   */
  Connected connect(SocketChannel channel, String id, String port);

  /** Answers a connection for which there is no room, in a thread of its own, and closes it. */
  void turnAway(SocketChannel channel);

  /** The same without waiting for anything. */
  void turnAwayNow(SocketChannel channel);

  /** A connection as the server and as its watch see it. */
  record Connected(HelidonSocket socket, Wire wire) {}
}
