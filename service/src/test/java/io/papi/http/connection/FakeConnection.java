package io.papi.http.connection;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.Router;
import io.papi.lookup.Ticker;
import java.net.SocketAddress;
import java.security.Principal;
import java.security.cert.Certificate;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ExecutorService;

/**
 * What the server has accepted, and its socket, which gives pieces of text until it is closed; and
 * nothing else that tests ask for.
 */
final class FakeConnection implements ConnectionContext, HelidonSocket, Wire {
  final Queue<String> pieces = new ArrayDeque<>();
  final FakeWriter writer = new FakeWriter();
  boolean open = true;
  boolean endsWithReset;
  boolean ended;

  /** A connection on which browsers may ask as they like, as long as it is under a usual name. */
  WatchedConnection watched(Ticker ticker) {
    return new WatchedConnection(
        this, this, new BrowserGuard(new OwnNames(List.of()), false), Bodies.none(), ticker);
  }

  Runnable beforeGet = () -> {};

  @Override
  public void begin() {}

  @Override
  public void end() {
    ended = true;
  }

  @Override
  public boolean hasUnread() {
    return !pieces.isEmpty();
  }

  @Override
  public void endWithReset() {
    endsWithReset = true;
  }

  @Override
  public byte[] get() {
    beforeGet.run();
    return pieces.remove().getBytes(US_ASCII);
  }

  @Override
  public void close() {
    open = false;
  }

  @Override
  public boolean isConnected() {
    return open;
  }

  @Override
  public void idle() {}

  @Override
  @Deprecated
  @SuppressWarnings("removal")
  public int read(BufferData buffer) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void write(BufferData buffer) {
    throw new UnsupportedOperationException();
  }

  @Override
  public HelidonSocket serverSocket() {
    return this;
  }

  @Override
  public DataWriter dataWriter() {
    return writer;
  }

  @Override
  public ListenerContext listenerContext() {
    throw new UnsupportedOperationException();
  }

  @Override
  public ExecutorService executor() {
    throw new UnsupportedOperationException();
  }

  @Override
  public DataReader dataReader() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Router router() {
    throw new UnsupportedOperationException();
  }

  @Override
  public PeerInfo remotePeer() {
    return new Peer();
  }

  @Override
  public PeerInfo localPeer() {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean isSecure() {
    return false;
  }

  @Override
  public String socketId() {
    return "fake";
  }

  @Override
  public String childSocketId() {
    return "fake";
  }

  /** A caller of whom nothing is asked here. */
  private record Peer() implements PeerInfo {

    @Override
    public SocketAddress address() {
      throw new UnsupportedOperationException();
    }

    @Override
    public String host() {
      throw new UnsupportedOperationException();
    }

    @Override
    public int port() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Principal> tlsPrincipal() {
      return Optional.empty();
    }

    @Override
    public Optional<Certificate[]> tlsCertificates() {
      return Optional.empty();
    }
  }
}
