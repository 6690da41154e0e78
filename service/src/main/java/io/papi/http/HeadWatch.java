package io.papi.http;

import io.helidon.webserver.ConnectionContext;
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
 * What closes a connection whose caller takes too long to send a request's head: one that says
 * nothing, or trickles its request line or its headers. One that has been answered and is idle is
 * left alone. Thread-safe.
 *
 * <p>The server itself bounds the time between bytes alone. Here one thread looks at all open
 * connections four times a second; a connection says that it waits by writing one field, and a
 * request that arrives in one piece not even that. A look that is itself late closes nobody: then
 * the process had no time, and what it is owed may have come long ago.
 */
final class HeadWatch implements AutoCloseable {
  /** The most time from accepting a connection, or from a head's first bytes, to its end. */
  static final Duration PATIENCE = Duration.ofMillis(2_500);

  private static final Duration PERIOD = Duration.ofMillis(250);

  private final Ticker ticker;
  private final Set<WatchedConnection> connections = ConcurrentHashMap.newKeySet();

  /** When it looked last, a reading of the ticker. Of the looking thread. */
  private long lastLook;

  private final ScheduledExecutorService scanner =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("head-watch").factory());

  HeadWatch(MeterRegistry meters, Ticker ticker) {
    this.ticker = ticker;
    this.lastLook = ticker.nanos();
    Gauge.builder("papi.connections", connections, Set::size)
        .description("Open connections, of callers and operators")
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
      if (inTime && connection.isLate(now, PATIENCE.toNanos())) {
        try {
          connection.serverSocket().close();
        } catch (UncheckedIOException e) {
          // its own thread was first
        }
      }
    }
    connections.removeIf(connection -> !connection.serverSocket().isConnected());
  }

  @Override
  public void close() {
    scanner.shutdownNow();
  }
}
