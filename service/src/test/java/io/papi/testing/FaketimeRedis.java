package io.papi.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.papi.cache.redis.embedded.EmbeddedRedis;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** A real Redis whose clock a test moves. Thread-safe. */
public final class FaketimeRedis implements AutoCloseable {
  private final Faketime faketime;

  /** Its binary is the one that runs here. */
  private final EmbeddedRedis lender;

  private final int port;
  private final int megabytes;
  private volatile Process process;

  private FaketimeRedis(Faketime faketime, EmbeddedRedis lender, int megabytes) throws IOException {
    this.faketime = faketime;
    this.lender = lender;
    this.megabytes = megabytes;
    this.port = Ports.free();
    this.process = startProcess();
  }

  /**
   * Starts one; empty where Redis or libfaketime cannot be had.
   *
   * @param directory of its own
   */
  public static Optional<FaketimeRedis> start(Path directory, int megabytes) {
    Optional<Faketime> faketime = Faketime.in(directory);
    if (faketime.isEmpty()) {
      return Optional.empty();
    }
    return EmbeddedRedis.start(1)
        .map(
            lender -> {
              try {
                return new FaketimeRedis(faketime.get(), lender, megabytes);
              } catch (IOException e) {
                lender.close();
                throw new UncheckedIOException(e);
              }
            });
  }

  public URI uri() {
    return URI.create("redis://127.0.0.1:" + port);
  }

  public long pid() {
    return process.pid();
  }

  /** Sets the clock ahead of the right time by {@code ahead}, and waits until Redis shows that. */
  public void moveTo(Duration ahead) {
    faketime.moveTo(ahead);
    try (Jedis jedis = new Jedis(uri())) {
      Await.until(
          "Redis's clock has moved",
          () -> {
            List<String> time = jedis.time();
            long there = Long.parseLong(time.get(0)) * 1000 + Long.parseLong(time.get(1)) / 1000;
            return Math.abs(there - System.currentTimeMillis() - ahead.toMillis()) < 100;
          });
    }
  }

  /** Kills it, and starts an empty one in its place. */
  public void restart() {
    process.destroyForcibly();
    try {
      process.waitFor();
      process = startProcess();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(2, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    lender.close();
  }

  private Process startProcess() throws IOException {
    String binary =
        ProcessHandle.of(lender.pid()).flatMap(handle -> handle.info().command()).orElseThrow();
    ProcessBuilder builder =
        new ProcessBuilder(binary, "-")
            .directory(Path.of(binary).resolveSibling(".").toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().putAll(faketime.environment());
    Process started = builder.start();
    try (OutputStream input = started.getOutputStream()) {
      input.write(
          String.join(
                  "\n",
                  "bind 127.0.0.1",
                  "port " + port,
                  "maxmemory " + megabytes + "mb",
                  "maxmemory-policy allkeys-lfu",
                  "save \"\"",
                  "appendonly no",
                  "daemonize no",
                  "")
              .getBytes(UTF_8));
    }
    Await.until("Redis answers", () -> answers(uri()));
    return started;
  }

  private static boolean answers(URI uri) {
    try (Jedis jedis = new Jedis(uri)) {
      return jedis.ping().equals("PONG");
    } catch (JedisConnectionException e) {
      return false;
    }
  }
}
