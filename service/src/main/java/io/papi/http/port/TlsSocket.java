package io.papi.http.port;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.common.socket.PlainSocket;
import io.helidon.webserver.CloseConnectionException;
import io.papi.http.connection.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A connection by TLS. Of the connection's thread, but {@link #close} and what the watch asks are
 * any thread's.
 *
 * <p>Closing closes the connection below TLS, as the JDK's own way would wait for a writer whose
 * caller takes nothing. The last word of TLS is said apart, by {@link #end}: who reads the end of
 * an answer without it knows that something may be missing.
 */
final class TlsSocket implements HelidonSocket, Wire {
  private static final int BUFFER_BYTES = 8 * 1024;

  private final SocketChannel channel;
  private final PlainSocket below;
  private final ChannelWire wire;
  private final Handshake handshake;
  private final byte[] buffer = new byte[BUFFER_BYTES];

  /** Once hands were shaken. */
  private @Nullable Secured secured;

  /** How a connection begins. */
  @FunctionalInterface
  interface Handshake {

    /**
     * Begins TLS.
     *
     * @param first begins with the first {@code length} bytes of {@code channel}
     * @throws UncheckedIOException if it fails
     * @throws CloseConnectionException if the caller does not speak TLS
     */
    SSLSocket shakeHands(SocketChannel channel, byte[] first, int length);
  }

  /** What is read and written once hands were shaken. */
  private record Secured(SSLSocket socket, InputStream in, OutputStream out) {}

  TlsSocket(SocketChannel channel, String id, String port, Handshake handshake) {
    this.channel = channel;
    this.below = PlainSocket.server(channel.socket(), id, port);
    this.wire = new ChannelWire(channel);
    this.handshake = handshake;
  }

  @Override
  public void begin() {
    try {
      int length = channel.socket().getInputStream().read(buffer);
      if (length < 0) {
        throw new CloseConnectionException("the caller sends nothing");
      }
      SSLSocket socket = handshake.shakeHands(channel, buffer, length);
      secured = new Secured(socket, socket.getInputStream(), socket.getOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Secured secured() {
    Secured begun = secured;
    if (begun == null) {
      throw new IllegalStateException("no hands were shaken");
    }
    return begun;
  }

  @Override
  public void end() {
    Secured begun = secured;
    if (begun != null) {
      try {
        begun.socket().shutdownOutput();
      } catch (IOException e) {
        // the caller has gone
      }
    }
  }

  @Override
  public byte @Nullable [] get() {
    try {
      int length = secured().in().read(buffer);
      return length < 0 ? null : Arrays.copyOf(buffer, length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void write(BufferData data) {
    data.writeTo(secured().out());
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean hasUnread() {
    return wire.hasUnread();
  }

  @Override
  public void endWithReset() {
    wire.endWithReset();
  }

  @Override
  public boolean isSecure() {
    return true;
  }

  @Override
  public boolean isConnected() {
    return channel.isOpen();
  }

  @Override
  public void idle() {
    // the watch knows who is idle
  }

  @Override
  @Deprecated
  @SuppressWarnings("removal")
  public int read(BufferData data) {
    return data.readFrom(secured().in());
  }

  @Override
  public PeerInfo remotePeer() {
    return below.remotePeer();
  }

  @Override
  public PeerInfo localPeer() {
    return below.localPeer();
  }

  @Override
  public String socketId() {
    return below.socketId();
  }

  @Override
  public String childSocketId() {
    return below.childSocketId();
  }
}
