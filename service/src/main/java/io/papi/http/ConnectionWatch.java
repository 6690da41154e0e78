package io.papi.http;

import io.helidon.webserver.ConnectionContext;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.papi.lookup.Ticker;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * What closes a connection whose caller takes too long: to send a request's head, be it that it
 * says nothing or trickles its request line or its headers, or to take in an answer. One that has
 * been answered and is idle is left alone. Thread-safe.
 *
 * <p>The server itself bounds the time between bytes received alone. Here one thread looks at all
 * open connections four times a second; a connection says that it waits by writing one field, and a
 * request that arrives in one piece not even that. A look that is itself late closes nobody: then
 * the process had no time, and what it is owed may have come long ago.
 */
final class ConnectionWatch implements AutoCloseable {
  /** The most time from accepting a connection, or from a head's first bytes, to its end. */
  static final Duration HEAD_PATIENCE = Duration.ofMillis(2_500);

  /** The most time for one answer, from the first look that saw it being sent. */
  static final Duration ANSWER_PATIENCE = Duration.ofSeconds(5);

  private static final Duration PERIOD = Duration.ofMillis(250);

  private final Ticker ticker;
  private final Set<WatchedConnection> connections = ConcurrentHashMap.newKeySet();
  private final Counter slowRequests;
  private final Counter slowReaders;

  /** When it looked last, a reading of the ticker. Of the looking thread. */
  private long lastLook;

  private final ScheduledExecutorService scanner =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("connection-watch").factory());

  ConnectionWatch(MeterRegistry meters, Ticker ticker) {
    this.ticker = ticker;
    this.lastLook = ticker.nanos();
    Gauge.builder("papi.connections", connections, Set::size)
        .description("Open connections, of callers and operators")
        .register(meters);
    this.slowRequests = closed("slow-request", meters);
    this.slowReaders = closed("slow-reader", meters);
  }

  private static Counter closed(String reason, MeterRegistry meters) {
    return Counter.builder("papi.connections.closed")
        .description("Connections closed because their caller took too long")
        .tag("reason", reason)
        .register(meters);
  }

  /** Begins to look. */
  void start() {
    var _ =
        scanner.scheduleWithFixedDelay(
            this::closeLate, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The connection {@code accepted} under this watch, until it is closed. */
  WatchedConnection watch(ConnectionContext accepted) {
    WatchedConnection connection = new WatchedConnection(accepted, ticker);
    connections.add(connection);
    return connection;
  }

  /** Closes whoever is late, and lets go of what has been closed. */
  void closeLate() {
    long now = ticker.nanos();
    boolean inTime = now - lastLook < 2 * PERIOD.toNanos();
    lastLook = now;
    for (WatchedConnection connection : connections) {
      boolean owesHead = connection.isHeadLate(now, HEAD_PATIENCE.toNanos());
      boolean takesNothing = connection.isAnswerLate(now, ANSWER_PATIENCE.toNanos());
      if (inTime && (owesHead || takesNothing)) {
        (owesHead ? slowRequests : slowReaders).increment();
        close(connection);
      }
    }
    connections.removeIf(connection -> !connection.serverSocket().isConnected());
  }

  private static void close(WatchedConnection connection) {
    try {
      connection.serverSocket().close();
    } catch (UncheckedIOException e) {
      // its own thread was first
    }
  }

  @Override
  public void close() {
    scanner.shutdownNow();
  }
}
