package io.papi.http.page;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * A site whose page is loaded from itself, and whose name leads to another port of this machine
 * after that: every request but the one for {@code /page} reaches that port byte by byte. Each
 * connection is closed after one answer.
 */
final class RebindingSite implements AutoCloseable {
  private static final String PAGE =
      "HTTP/1.1 200 OK\r\n"
          + "Content-Type: text/html\r\n"
          + "Content-Length: 15\r\n"
          + "Connection: close\r\n\r\n"
          + "<!doctype html>";

  private final ServerSocket socket;
  private final int target;

  RebindingSite(int target) throws IOException {
    this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.target = target;
    Thread.ofVirtual().start(this::acceptAll);
  }

  int port() {
    return socket.getLocalPort();
  }

  private void acceptAll() {
    try {
      while (true) {
        Socket caller = socket.accept();
        Thread.ofVirtual().start(() -> serve(caller));
      }
    } catch (IOException e) {
      // it is closed
    }
  }

  private void serve(Socket accepted) {
    try (Socket caller = accepted) {
      String head = head(caller.getInputStream());
      if (head.startsWith("GET /page ")) {
        caller.getOutputStream().write(PAGE.getBytes(ISO_8859_1));
      } else if (!head.isEmpty()) {
        relay(head, caller.getOutputStream());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    for (int next = in.read(); next >= 0; next = in.read()) {
      head.append((char) next);
      if (next == '\n' && head.toString().endsWith("\r\n\r\n")) {
        return head.toString();
      }
    }
    return "";
  }

  private void relay(String head, OutputStream answer) throws IOException {
    String last = head.replaceFirst("(?i)connection: keep-alive", "Connection: close");
    try (Socket rebound = new Socket(InetAddress.getLoopbackAddress(), target)) {
      rebound.getOutputStream().write(last.getBytes(ISO_8859_1));
      rebound.getInputStream().transferTo(answer);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
