package io.papi.http.port;

import io.helidon.common.socket.PlainSocket;
import io.helidon.http.Status;
import io.papi.http.exchange.Problem;
import io.papi.http.exchange.ProblemWriter;
import io.papi.lookup.Ticker;
import java.nio.channels.SocketChannel;

/** Nothing below HTTP but the connection itself. Thread-safe. */
final class PlainTransport implements Transport {
  private final LastAnswer noRoom;

  PlainTransport(ProblemWriter problems, Ticker ticker) {
    this.noRoom =
        new LastAnswer(
            problems,
            Problem.of(
                Status.SERVICE_UNAVAILABLE_503,
                "too many connections are open, and all are in use"),
            ticker);
  }

  @Override
  public Connected connect(SocketChannel channel, String id, String port) {
    return new Connected(PlainSocket.server(channel.socket(), id, port), new ChannelWire(channel));
  }

  @Override
  public void turnAway(SocketChannel channel) {
    noRoom.answer(channel);
  }

  @Override
  public void turnAwayNow(SocketChannel channel) {
    noRoom.answerNow(channel);
  }
}
