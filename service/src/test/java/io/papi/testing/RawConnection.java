package io.papi.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A connection on which bytes are sent as they are. For one thread, except {@link #close}. */
public final class RawConnection implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Pattern LENGTH =
      Pattern.compile("\r\ncontent-length: ([0-9]+)\r\n", Pattern.CASE_INSENSITIVE);

  private final Socket socket = new Socket();

  /**
   * @param receiveBuffer bytes that the system buffers while nobody reads; 0 for its default
   */
  RawConnection(int port, int receiveBuffer) {
    try {
      if (receiveBuffer > 0) {
        socket.setReceiveBufferSize(receiveBuffer);
      }
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      socket.setSoTimeout((int) PATIENCE.toMillis());
      socket.setTcpNoDelay(true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends; the service may have closed the connection already. */
  public void send(String bytes) {
    try {
      socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
    } catch (SocketException e) {
      // what the service sent before it closed is still to be read
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads until the service closes the connection.
   *
   * @throws AssertionError if it does not within twenty seconds, which only keep a test from
   *     hanging
   */
  public String readUntilClosed() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      InputStream input = socket.getInputStream();
      for (int next = input.read(); next >= 0; next = input.read()) {
        all.write(next);
      }
    } catch (SocketTimeoutException e) {
      throw new AssertionError("still open after " + PATIENCE + ", having sent: " + all, e);
    } catch (SocketException e) {
      // closed before it read all that was sent
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all.toString(StandardCharsets.UTF_8);
  }

  /** Reads the next answer: its head and as much of a body as that says. */
  public String readAnswer() {
    try {
      InputStream input = socket.getInputStream();
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        int next = input.read();
        if (next < 0) {
          throw new AssertionError("closed in the middle of an answer: " + head);
        }
        head.append((char) next);
      }
      Matcher length = LENGTH.matcher(head);
      byte[] body =
          length.find() ? input.readNBytes(Integer.parseInt(length.group(1))) : new byte[0];
      return head + new String(body, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Closes as a peer that crashes does: by a reset. */
  public void reset() {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
