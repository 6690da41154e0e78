package io.papi.cache.redis.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Redis that lives as long as this service: on a free loopback port, behind a random
 * password, without persistence, with a bound on its memory. Thread-safe.
 *
 * <p>One that dies is started again, on the same port and with the same password. One that a killed
 * service left behind is ended at the next start of any service of the same user.
 */
public final class EmbeddedRedis implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedRedis.class);

  private static final int PORTS_TO_TRY = 3;
  private static final Duration MIN_PAUSE = Duration.ofMillis(100);
  private static final Duration MAX_PAUSE = Duration.ofSeconds(10);

  private record Running(int port, RedisProcess process) {}

  private final Spawner spawner;
  private final String password;
  private final int megabytes;
  private final int port;
  private volatile RedisProcess process;

  private EmbeddedRedis(Spawner spawner, int megabytes) throws IOException {
    this.spawner = spawner;
    this.megabytes = megabytes;
    this.password = randomPassword();
    Running first = startOnFreePort(PORTS_TO_TRY);
    this.port = first.port;
    this.process = first.process;
  }

  /**
   * Starts one. Where it cannot run, the log says why, and the service goes on without.
   *
   * @param megabytes the bound of its memory, at which the least used keys go: at least 1
   */
  public static Optional<EmbeddedRedis> start(int megabytes) {
    return start(megabytes, _ -> {});
  }

  /**
   * Starts one for an owner who may close it at any time, even while it starts.
   *
   * @param owner is told what to close before anything is opened
   */
  public static Optional<EmbeddedRedis> start(int megabytes, Consumer<AutoCloseable> owner) {
    return start(Path.of(System.getProperty("java.io.tmpdir")), megabytes, owner);
  }

  static Optional<EmbeddedRedis> start(
      Path temporary, int megabytes, Consumer<AutoCloseable> owner) {
    if (megabytes < 1) {
      throw new IllegalArgumentException("megabytes is " + megabytes + ", not at least 1");
    }
    Spawner spawner = new Spawner(temporary);
    owner.accept(spawner);
    try {
      EmbeddedRedis redis = new EmbeddedRedis(spawner, megabytes);
      Thread.ofVirtual().name("embedded-redis").start(redis::supervise);
      LOG.info("embedded Redis on port {}, {} MB, process {}", redis.port, megabytes, redis.pid());
      return Optional.of(redis);
    } catch (IOException | RuntimeException e) {
      // a RuntimeException: the library's for an operating system that it does not know
      if (!spawner.isClosed()) {
        LOG.warn("no embedded Redis here, going on without: {}", e.toString());
      }
      spawner.close();
      return Optional.empty();
    }
  }

  /** Where and with which password to connect: a secret. */
  public URI uri() {
    return URI.create("redis://:" + password + "@127.0.0.1:" + port);
  }

  /** The process's number; another one after a restart. */
  public long pid() {
    return process.pid();
  }

  /** Ends it, and removes what it left on disk. */
  @Override
  public void close() {
    spawner.close();
  }

  @Override
  public String toString() {
    return "embedded Redis on port " + port;
  }

  private void supervise() {
    long pause = MIN_PAUSE.toMillis();
    try {
      while (true) {
        long began = System.nanoTime();
        process.awaitEnd();
        if (spawner.isClosed()) {
          return;
        }
        boolean lasted = System.nanoTime() - began > MAX_PAUSE.toNanos();
        pause = lasted ? MIN_PAUSE.toMillis() : Math.min(2 * pause, MAX_PAUSE.toMillis());
        LOG.warn("embedded Redis ended, starts again in {} ms", pause);
        if (spawner.awaitClosed(Duration.ofMillis(pause))) {
          return;
        }
        startAgain();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void startAgain() {
    try {
      process = serve(port);
      LOG.info("embedded Redis is back, process {}", pid());
    } catch (IOException e) {
      if (!spawner.isClosed()) {
        LOG.warn("embedded Redis does not start again: {}", e.getMessage());
      }
    }
  }

  private RedisProcess serve(int onPort) throws IOException {
    RedisProcess next = spawner.spawn();
    next.serve(configuration(onPort));
    return next;
  }

  private Running startOnFreePort(int tries) throws IOException {
    int candidate = freePort();
    try {
      return new Running(candidate, serve(candidate));
    } catch (IOException e) {
      // another process may take the port between our look and Redis's
      if (tries > 1 && String.valueOf(e.getMessage()).contains("Failed listening")) {
        return startOnFreePort(tries - 1);
      }
      throw e;
    }
  }

  /** Given on standard input: neither a list of processes nor the disk shows the password. */
  private String configuration(int onPort) {
    return String.join(
        "\n",
        "bind 127.0.0.1",
        "port " + onPort,
        "requirepass " + password,
        "maxmemory " + megabytes + "mb",
        "maxmemory-policy allkeys-lfu",
        "databases 1",
        "save \"\"",
        "appendonly no",
        "daemonize no",
        "");
  }

  private static String randomPassword() {
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
