package io.papi.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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
  private static final Pattern CHUNKED =
      Pattern.compile("\r\ntransfer-encoding: chunked\r\n", Pattern.CASE_INSENSITIVE);

  private final Socket socket;

  /**
   * @param receiveBuffer bytes that the system buffers while nobody reads; 0 for its default
   */
  RawConnection(int port, int receiveBuffer) {
    this.socket = new Socket();
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

  /** A connection that is open; it closes {@code socket}. */
  public RawConnection(Socket socket) {
    this.socket = socket;
    try {
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

  /** Reads on to the end; whether that is a reset, as of an answer that was cut. */
  public boolean endsWithReset() {
    try {
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
      return false;
    } catch (SocketTimeoutException e) {
      throw new AssertionError("still open after " + PATIENCE, e);
    } catch (SocketException e) {
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads the next answer: its head and as much of a body as that says, without its chunks. */
  public String readAnswer() {
    try {
      InputStream input = socket.getInputStream();
      String head = readHead();
      if (CHUNKED.matcher(head).find()) {
        return head + readChunks(input);
      }
      Matcher length = LENGTH.matcher(head);
      byte[] body =
          length.find() ? input.readNBytes(Integer.parseInt(length.group(1))) : new byte[0];
      return head + new String(body, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads the head of the next answer. */
  public String readHead() {
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
      return head.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads the body of an answer that comes in chunks, after its head. */
  public String readBody() {
    try {
      return readChunks(socket.getInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String readChunks(InputStream input) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    int size;
    do {
      size = Integer.parseInt(readLine(input), 16);
      body.writeBytes(input.readNBytes(size));
      String end = readLine(input);
      if (!end.isEmpty()) {
        throw new AssertionError("a chunk goes on: " + end);
      }
    } while (size > 0);
    return body.toString(StandardCharsets.UTF_8);
  }

  private static String readLine(InputStream input) throws IOException {
    StringBuilder line = new StringBuilder();
    while (line.length() < 2 || !line.substring(line.length() - 2).equals("\r\n")) {
      int next = input.read();
      if (next < 0) {
        throw new AssertionError("closed in the middle of an answer, after: " + line);
      }
      line.append((char) next);
    }
    return line.substring(0, line.length() - 2);
  }

  /**
   * Reads so many bytes, or fewer if the service closes the connection.
   *
   * @return how many
   */
  public int read(int count) {
    try {
      return socket.getInputStream().readNBytes(count).length;
    } catch (SocketException e) {
      return 0;
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
