package io.papi.testing.proxy;

import io.papi.testing.proxy.Toxic.Bandwidth;
import io.papi.testing.proxy.Toxic.Latency;
import io.papi.testing.proxy.Toxic.LimitData;
import io.papi.testing.proxy.Toxic.ResetPeer;
import io.papi.testing.proxy.Toxic.Slicer;
import io.papi.testing.proxy.Toxic.SlowClose;
import io.papi.testing.proxy.Toxic.Timeout;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * One direction of a connection. One thread reads and another writes, so that latency delays bytes
 * without lowering their rate.
 */
final class Pipe {
  private static final int BUFFER_BYTES = 16_384;
  private static final int BUFFERS = 256;
  private static final Chunk END = new Chunk(new byte[0], 0);

  /** A bandwidth is kept in each of so many slices of a second. */
  private static final int PORTIONS = 20;

  private final Socket from;
  private final Socket to;
  private final List<AddedToxic> toxics;
  private final ProxyConnection connection;
  private final BlockingQueue<Chunk> chunks = new ArrayBlockingQueue<>(BUFFERS);

  /** Bytes that passed each limit. Used by the writing thread alone. */
  private final Map<AddedToxic, Long> passed = new HashMap<>();

  /** Bytes that arrived together. */
  private static final class Chunk {
    final byte[] bytes;
    final long arrivedAt;

    Chunk(byte[] bytes, long arrivedAt) {
      this.bytes = bytes;
      this.arrivedAt = arrivedAt;
    }

    Chunk part(int start, int length) {
      return new Chunk(Arrays.copyOfRange(bytes, start, start + length), arrivedAt);
    }
  }

  Pipe(Socket from, Socket to, List<AddedToxic> toxics, ProxyConnection connection) {
    this.from = from;
    this.to = to;
    this.toxics = toxics;
    this.connection = connection;
  }

  void read() throws IOException, InterruptedException {
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int count = from.getInputStream().read(buffer);
        count >= 0;
        count = from.getInputStream().read(buffer)) {
      chunks.put(new Chunk(Arrays.copyOf(buffer, count), System.nanoTime()));
    }
    chunks.put(END);
  }

  void write() throws IOException, InterruptedException {
    for (Chunk chunk = chunks.take(); chunk.bytes.length > 0; chunk = chunks.take()) {
      pass(chunk, List.copyOf(toxics), 0);
    }
    for (AddedToxic added : toxics) {
      if (added.toxic() instanceof SlowClose(Duration delay)) {
        var _ = added.lasts(delay.toNanos());
      }
    }
    to.shutdownOutput();
  }

  /** Lets a chunk through the toxics from {@code index} on. */
  private void pass(Chunk chunk, List<AddedToxic> through, int index)
      throws IOException, InterruptedException {
    if (index == through.size()) {
      to.getOutputStream().write(chunk.bytes);
      return;
    }
    AddedToxic added = through.get(index);
    int next = index + 1;
    switch (added.toxic()) {
      case Latency(Duration latency, Duration jitter) -> {
        long due = chunk.arrivedAt + latency.toNanos() + about(0, jitter.toNanos());
        var _ = added.lasts(due - System.nanoTime());
        pass(chunk, through, next);
      }
      case Bandwidth(int bytesPerSecond) -> {
        int portion = Math.max(1, bytesPerSecond / PORTIONS);
        for (int at = 0; at < chunk.bytes.length; at += portion) {
          int length = Math.min(portion, chunk.bytes.length - at);
          var _ = added.lasts(TimeUnit.SECONDS.toNanos(length) / bytesPerSecond);
          pass(chunk.part(at, length), through, next);
        }
      }
      case SlowClose _ -> pass(chunk, through, next);
      case Timeout _ -> {
        // nothing arrives
      }
      case ResetPeer(Duration timeout) -> {
        if (added.lasts(timeout.toNanos())) {
          connection.reset();
        } else {
          pass(chunk, through, next);
        }
      }
      case Slicer(int averageSize, int sizeVariation, Duration delay) -> {
        int length;
        for (int at = 0; at < chunk.bytes.length; at += length) {
          int size = (int) Math.max(1, about(averageSize, sizeVariation));
          length = Math.min(size, chunk.bytes.length - at);
          pass(chunk.part(at, length), through, next);
          var _ = added.lasts(delay.toNanos());
        }
      }
      case LimitData(long bytes) -> {
        long room = bytes - passed.getOrDefault(added, 0L);
        int length = (int) Math.min(room, chunk.bytes.length);
        pass(chunk.part(0, length), through, next);
        passed.put(added, bytes - room + length);
        if (length == room) {
          connection.close();
        }
      }
    }
  }

  /** A number around {@code middle}, evenly. */
  private static long about(long middle, long variation) {
    return middle + ThreadLocalRandom.current().nextLong(-variation, variation + 1);
  }
}
