package io.papi.cache.redis.connection;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A peer that speaks enough of Redis's protocol, and answers reads as the test wants. Thread-safe.
 */
public final class FakeRedis implements AutoCloseable {

  /** How a command is answered. */
  public interface Script {
    void answer(List<byte[]> command, OutputStream output) throws IOException, InterruptedException;
  }

  private final ServerSocket server;
  private final Thread accepting;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  public final Map<String, byte[]> values = new ConcurrentHashMap<>();
  public final Map<String, String> millis = new ConcurrentHashMap<>();

  /** What the keys of the clock hold, a field of a hash under the names of both. */
  public final Map<String, String> clock = new ConcurrentHashMap<>();

  /** What {@code INFO} says that it is. */
  public volatile String role = "master";

  public final AtomicInteger reads = new AtomicInteger();
  public final AtomicInteger connections = new AtomicInteger();
  public volatile LongSupplier micros =
      () -> ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
  public volatile Script onRead = this::honestly;
  public volatile Script onWrite = this::honestly;
  public volatile Script onPing = this::honestly;

  /** What it says of itself, by section. */
  public volatile UnaryOperator<String> onInfo =
      section -> section.equals("replication") ? "# Replication\r\nrole:" + role + "\r\n" : "";

  public FakeRedis() throws IOException {
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.accepting = Thread.ofVirtual().start(this::accept);
  }

  public String uri() {
    return "redis://127.0.0.1:" + port();
  }

  public int port() {
    return server.getLocalPort();
  }

  /** Answers as Redis would. */
  public void honestly(List<byte[]> command, OutputStream output) throws IOException {
    switch (text(command.get(0))) {
      case "MGET" -> write(output, array(command.subList(1, command.size())));
      case "SET" -> {
        if (isClock(command)) {
          clock.put(text(command.get(1)), text(command.get(2)));
          write(output, "+OK\r\n");
          return;
        }
        values.put(text(command.get(1)), command.get(2));
        millis.put(text(command.get(1)), text(command.get(4)));
        write(output, "+OK\r\n");
      }
      case "DEL" ->
          write(output, values.remove(text(command.get(1))) == null ? ":0\r\n" : ":1\r\n");
      case "PING" -> write(output, "+PONG\r\n");
      case "INFO" -> write(output, bulk(onInfo.apply(text(command.get(1)))));
      case "TIME" -> write(output, time());
      case "GET" -> write(output, bulk(clock.get(text(command.get(1)))));
      case "HGET" -> write(output, bulk(clock.get(field(command))));
      case "HINCRBY" -> {
        String before = clock.getOrDefault(field(command), "0");
        String after = String.valueOf(Long.parseLong(before) + 1);
        clock.put(field(command), after);
        write(output, ":" + after + "\r\n");
      }
      case "HSET" -> {
        clock.put(field(command), text(command.get(3)));
        write(output, ":1\r\n");
      }
      default -> write(output, "+OK\r\n");
    }
  }

  /** What {@code MGET} answers to {@code names}. */
  public byte[] array(List<byte[]> names) throws IOException {
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

  public static void write(OutputStream output, String text) throws IOException {
    write(output, text.getBytes(UTF_8));
  }

  public static void write(OutputStream output, byte[] bytes) throws IOException {
    output.write(bytes);
    output.flush();
  }

  public void closeConnections() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    try {
      // the port stays open for as long as a thread waits at it
      accepting.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
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
        script(command).answer(command, socket.getOutputStream());
      }
    } catch (IOException e) {
      // the other side has gone
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Script script(List<byte[]> command) {
    if (isClock(command)) {
      return onPing;
    }
    return switch (text(command.get(0))) {
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

  private String time() {
    long now = micros.getAsLong();
    return "*2\r\n" + bulk("" + now / 1_000_000) + bulk("" + now % 1_000_000);
  }

  private static String bulk(@Nullable String text) {
    return text == null ? "$-1\r\n" : "$" + text.length() + "\r\n" + text + "\r\n";
  }

  /** Whether it is about the keys of the clock. */
  private static boolean isClock(List<byte[]> command) {
    return command.size() > 1 && text(command.get(1)).startsWith("papi:clock");
  }

  private static String field(List<byte[]> command) {
    return text(command.get(1)) + " " + text(command.get(2));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, UTF_8);
  }
}
