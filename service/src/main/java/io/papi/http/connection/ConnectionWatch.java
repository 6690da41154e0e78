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
 * Closes the connections of callers that take too long: to send the head of a request, whether they
 * send nothing or trickle it, or to take in an answer. A connection that has had its answer may be
 * idle for minutes. Thread-safe.
 *
 * <p>The server itself limits only the time between two bytes. Here one thread looks at all open
 * connections four times a second. A connection that waits writes one field to say so, and a
 * request that arrives in one piece not even that. A look that is itself late closes nobody: the
 * process had no time then, and the bytes may have arrived long ago.
 */
public final class ConnectionWatch implements AutoCloseable {
  /** How long a head may take, from accepting the connection or from its first bytes. */
  public static final Duration HEAD_PATIENCE = Duration.ofMillis(2_500);

  /** How long an answer may take, from the first look that saw it being sent. */
  public static final Duration ANSWER_PATIENCE = Duration.ofSeconds(5);

  /** How long a connection may be idle after an answer. */
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

  /** Closes connections that are late, and lets each port log what it did for lack of room. */
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
    if (inTime
        && (owesHead || takesNothing || saysNothing)
        && (takesNothing ? connection.cut() : connection.closeSocket())) {
      (owesHead ? slowRequests : takesNothing ? slowReaders : idle).increment();
    }
  }

  @Override
  public void close() {
    scanner.shutdownNow();
  }
}
