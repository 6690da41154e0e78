package io.papi.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A peer that speaks enough of Redis's protocol, and answers reads as the test wants. Thread-safe.
 */
final class FakeRedis implements AutoCloseable {

  /** How a command is answered. */
  interface Script {
    void answer(List<byte[]> command, OutputStream output) throws IOException, InterruptedException;
  }

  private final ServerSocket server;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  final Map<String, byte[]> values = new ConcurrentHashMap<>();
  final Map<String, String> millis = new ConcurrentHashMap<>();
  final AtomicInteger reads = new AtomicInteger();
  final AtomicInteger connections = new AtomicInteger();
  volatile Script onRead = this::honestly;
  volatile Script onWrite = this::honestly;
  volatile Script onPing = this::honestly;

  FakeRedis() throws IOException {
    this(0);
  }

  FakeRedis(int port) throws IOException {
    this.server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  String uri() {
    return "redis://127.0.0.1:" + port();
  }

  int port() {
    return server.getLocalPort();
  }

  /** Answers as Redis would. */
  void honestly(List<byte[]> command, OutputStream output) throws IOException {
    switch (text(command.get(0))) {
      case "MGET" -> write(output, array(command.subList(1, command.size())));
      case "SET" -> {
        values.put(text(command.get(1)), command.get(2));
        millis.put(text(command.get(1)), text(command.get(4)));
        write(output, "+OK\r\n");
      }
      case "DEL" ->
          write(output, values.remove(text(command.get(1))) == null ? ":0\r\n" : ":1\r\n");
      case "PING" -> write(output, "+PONG\r\n");
      case "TIME" -> write(output, time());
      default -> write(output, "+OK\r\n");
    }
  }

  /** What {@code MGET} answers to {@code names}. */
  byte[] array(List<byte[]> names) throws IOException {
    var bytes = new java.io.ByteArrayOutputStream();
    write(bytes, "*" + names.size() + "\r\n");
    for (byte[] name : names) {
      byte[] value = values.get(text(name));
      if (value == null) {
        write(bytes, "$-1\r\n");
      } else {
        write(bytes, "$" + value.length + "\r\n");
        bytes.write(value);
        write(bytes, "\r\n");
      }
    }
    return bytes.toByteArray();
  }

  static void write(OutputStream output, String text) throws IOException {
    write(output, text.getBytes(UTF_8));
  }

  static void write(OutputStream output, byte[] bytes) throws IOException {
    output.write(bytes);
    output.flush();
  }

  void closeConnections() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    closeConnections();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        sockets.add(socket);
        connections.incrementAndGet();
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      DataInputStream input = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
      while (true) {
        List<byte[]> command = command(input);
        script(text(command.get(0))).answer(command, socket.getOutputStream());
      }
    } catch (IOException e) {
      // the other side has gone
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Script script(String command) {
    return switch (command) {
      case "MGET" -> {
        reads.incrementAndGet();
        yield onRead;
      }
      case "SET", "DEL" -> onWrite;
      default -> onPing;
    };
  }

  private static List<byte[]> command(DataInputStream input) throws IOException {
    int count = number(input, '*');
    List<byte[]> command = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      byte[] part = new byte[number(input, '$')];
      input.readFully(part);
      input.readFully(new byte[2]);
      command.add(part);
    }
    return command;
  }

  private static int number(DataInputStream input, char mark) throws IOException {
    if (input.readByte() != mark) {
      throw new IOException("not a command");
    }
    int number = 0;
    for (int digit = input.readByte(); digit != '\r'; digit = input.readByte()) {
      number = 10 * number + digit - '0';
    }
    input.readByte();
    return number;
  }

  private static String time() {
    Instant now = Instant.now();
    String seconds = String.valueOf(now.getEpochSecond());
    String micros = String.valueOf(now.getNano() / 1000);
    return "*2\r\n$"
        + seconds.length()
        + "\r\n"
        + seconds
        + "\r\n$"
        + micros.length()
        + "\r\n"
        + micros
        + "\r\n";
  }

  private static String text(byte[] bytes) {
    return new String(bytes, UTF_8);
  }
}
