package io.papi.http.connection;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.papi.lookup.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * What closes a connection whose caller takes too long: to send a request's head, be it that it
 * says nothing or trickles its request line or its headers, or to take in an answer. One that has
 * been answered may be idle for minutes. Thread-safe.
 *
 * <p>The server itself bounds the time between bytes received alone. Here one thread looks at all
 * open connections four times a second; a connection says that it waits by writing one field, and a
 * request that arrives in one piece not even that. A look that is itself late closes nobody: then
 * the process had no time, and what it is owed may have come long ago.
 */
public final class ConnectionWatch implements AutoCloseable {
  /** The most time from accepting a connection, or from a head's first bytes, to its end. */
  public static final Duration HEAD_PATIENCE = Duration.ofMillis(2_500);

  /** The most time for one answer, from the first look that saw it being sent. */
  public static final Duration ANSWER_PATIENCE = Duration.ofSeconds(5);

  /** The most time between an answer and the next request. */
  public static final Duration IDLE_PATIENCE = Duration.ofMinutes(5);

  private static final Duration PERIOD = Duration.ofMillis(250);

  private final Ticker ticker;
  private final List<OpenConnections> ports;
  private final Counter slowRequests;
  private final Counter slowReaders;
  private final Counter idle;

  /** When it looked last, a reading of the ticker. Of the looking thread. */
  private long lastLook;

  private final ScheduledExecutorService scanner =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("connection-watch").factory());

  /**
   * @param ports the connections of each port
   */
  public ConnectionWatch(List<OpenConnections> ports, MeterRegistry meters, Ticker ticker) {
    this.ports = List.copyOf(ports);
    this.ticker = ticker;
    this.lastLook = ticker.nanos();
    Gauge.builder(
            "papi.connections",
            this.ports,
            all -> all.stream().mapToInt(OpenConnections::size).sum())
        .description("Open connections, of callers and operators")
        .register(meters);
    this.slowRequests = OpenConnections.closed("slow-request", meters);
    this.slowReaders = OpenConnections.closed("slow-reader", meters);
    this.idle = OpenConnections.closed("idle", meters);
  }

  /** Begins to look. */
  public void start() {
    var _ =
        scanner.scheduleWithFixedDelay(
            this::closeLate, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Closes whoever is late, and has each port say what it did for want of room. */
  void closeLate() {
    long now = ticker.nanos();
    boolean inTime = now - lastLook < 2 * PERIOD.toNanos();
    lastLook = now;
    for (OpenConnections connections : ports) {
      connections.forEach(connection -> closeIfLate(connection, now, inTime));
      connections.warn(now);
    }
  }

  private void closeIfLate(WatchedConnection connection, long now, boolean inTime) {
    boolean owesHead = connection.isHeadLate(now, HEAD_PATIENCE.toNanos());
    boolean takesNothing = connection.isAnswerLate(now, ANSWER_PATIENCE.toNanos());
    boolean saysNothing = connection.isIdleLate(now, IDLE_PATIENCE.toNanos());
    if (inTime && (owesHead || takesNothing || saysNothing) && connection.closeSocket()) {
      (owesHead ? slowRequests : takesNothing ? slowReaders : idle).increment();
    }
  }

  @Override
  public void close() {
    scanner.shutdownNow();
  }
}
