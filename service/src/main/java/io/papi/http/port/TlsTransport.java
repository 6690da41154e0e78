package io.papi.http.port;

import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.papi.http.exchange.Problem;
import io.papi.http.exchange.ProblemWriter;
import io.papi.http.tls.Identity;
import io.papi.lookup.Ticker;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocket;

/**
 * TLS below HTTP, by the JDK's own sockets over those that were accepted. Thread-safe.
 *
 * <p>Whoever comes when there is no room is closed without an answer: a handshake would cost more
 * than to serve it.
 */
final class TlsTransport implements Transport {
  /** The first byte of whoever begins a handshake. */
  private static final byte HANDSHAKE = 22;

  private final Supplier<Identity> identity;
  private final LastAnswer notTls;
  private final Counter begun;
  private final Counter failed;
  private final Counter plain;

  TlsTransport(
      Supplier<Identity> identity, ProblemWriter problems, MeterRegistry meters, Ticker ticker) {
    this.identity = identity;
    this.notTls =
        new LastAnswer(
            problems,
            Problem.of(Status.BAD_REQUEST_400, "this port speaks TLS: ask by https"),
            ticker);
    this.begun = handshakes("ok", meters);
    this.failed = handshakes("failed", meters);
    this.plain = handshakes("plain", meters);
  }

  private static Counter handshakes(String outcome, MeterRegistry meters) {
    return Counter.builder("papi.tls.handshakes")
        .description("Connections by TLS that have begun, or have not: plain is HTTP without TLS")
        .tag("outcome", outcome)
        .register(meters);
  }

  @Override
  public Connected connect(SocketChannel channel, String id, String port) {
    TlsSocket socket = new TlsSocket(channel, id, port, this::shakeHands);
    return new Connected(socket, socket);
  }

  /**
   * Begins TLS on {@code channel}, whose first bytes were read already.
   *
   * @param first begins with {@code length} of them
   */
  private SSLSocket shakeHands(SocketChannel channel, byte[] first, int length) {
    if (first[0] != HANDSHAKE) {
      plain.increment();
      notTls.answer(channel, first, length);
      throw new CloseConnectionException("a caller without TLS");
    }
    try {
      SSLSocket socket = socket(channel, Arrays.copyOf(first, length));
      socket.startHandshake();
      begun.increment();
      return socket;
    } catch (IOException e) {
      failed.increment();
      throw new UncheckedIOException(e);
    }
  }

  private SSLSocket socket(SocketChannel channel, byte[] first) throws IOException {
    Identity shown = identity.get();
    SSLSocket socket =
        (SSLSocket)
            shown
                .context()
                .getSocketFactory()
                .createSocket(channel.socket(), new ByteArrayInputStream(first), true);
    socket.setSSLParameters(shown.parameters());
    return socket;
  }

  @Override
  public void turnAway(SocketChannel channel) {
    turnAwayNow(channel);
  }

  @Override
  public void turnAwayNow(SocketChannel channel) {
    new ChannelWire(channel).endWithReset();
    try {
      channel.close();
    } catch (IOException e) {
      // it has gone
    }
  }
}
