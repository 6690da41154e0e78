package io.papi.http.connection;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.papi.lookup.Ticker;
import io.papi.reporting.OnceAMinute;
import io.papi.reporting.Rejected;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open connections of one port, up to a limit. At the limit, the one that has been idle longest
 * makes room for the next. Thread-safe, except that only one thread admits.
 *
 * <p>A connection that makes room ends in its own thread, a moment later. Its place is given away
 * at once, so that a flood does not wait for each of them; but only a few may be on their way out
 * at a time. These are no longer in the set, which is how their end knows which place to give back.
 */
public final class OpenConnections {
  private static final Logger LOG = LoggerFactory.getLogger(OpenConnections.class);
  private static final int MIN_SLACK = 4;

  /** The longest wait for one that is on its way out. */
  private static final Duration PATIENCE = Duration.ofMillis(100);

  private final String owners;
  private final int limit;
  private final Set<WatchedConnection> open = ConcurrentHashMap.newKeySet();
  private final Semaphore places;
  private final Semaphore leaving;
  private final LongestIdle longestIdle;
  private final Counter closedForRoom;
  private final Counter refused;

  /** What was done for want of room, and was not said yet. */
  private final AtomicLong unsaidClosed = new AtomicLong();

  private final AtomicLong unsaidRefused = new AtomicLong();

  private final OnceAMinute warning = new OnceAMinute();

  /**
   * @param owners whose connections they are, for the log
   * @param limit the most that are open at once
   */
  public OpenConnections(String owners, int limit, MeterRegistry meters, Ticker ticker) {
    int slack = (int) slack(limit);
    this.owners = owners;
    this.limit = limit;
    this.places = new Semaphore(limit);
    this.leaving = new Semaphore(slack);
    this.longestIdle = new LongestIdle(open, slack, ticker);
    this.closedForRoom = closed("room", meters);
    this.refused = Rejected.counter("connections", meters);
  }

  /**
   * How many connections may be on their way out at once beside those that are open: as many again
   * may be about to be refused.
   */
  public static long slack(long limit) {
    return Math.max(MIN_SLACK, limit / 16);
  }

  static Counter closed(String reason, MeterRegistry meters) {
    return Counter.builder("papi.connections.closed")
        .description("Connections closed because their caller took too long, or to make room")
        .tag("reason", reason)
        .register(meters);
  }

  /**
   * Takes a place for one more, if need be that of the one that has been idle longest.
   *
   * @return false if there is none: then it has been counted as refused
   */
  public boolean admit() {
    if (places.tryAcquire() || closeLongestIdle()) {
      return true;
    }
    refused.increment();
    unsaidRefused.incrementAndGet();
    return false;
  }

  /** Closes the connection that has been idle longest, whose place is the caller's from then on. */
  private boolean closeLongestIdle() {
    if (!awaitLeaving()) {
      return false;
    }
    Optional<WatchedConnection> idle = longestIdle.take(open::remove);
    if (idle.isEmpty()) {
      leaving.release();
      return false;
    }
    idle.get().closeSocket();
    closedForRoom.increment();
    unsaidClosed.incrementAndGet();
    return true;
  }

  private boolean awaitLeaving() {
    try {
      return leaving.tryAcquire(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Closes the connection that has been idle longest, if there is one, to free a descriptor. */
  public void shrink() {
    if (closeLongestIdle()) {
      places.release();
    }
  }

  /** A connection that has a place. */
  public void add(WatchedConnection connection) {
    open.add(connection);
  }

  /** The end of a connection that was added: its socket is closed. */
  public void ended(WatchedConnection connection) {
    if (open.remove(connection)) {
      places.release();
    } else {
      leaving.release();
    }
  }

  /** Gives back a place that no connection was added for. */
  public void giveBack() {
    places.release();
  }

  public int size() {
    return open.size();
  }

  int limit() {
    return limit;
  }

  public void forEach(Consumer<WatchedConnection> action) {
    open.forEach(action);
  }

  /**
   * Says in the log what was done for want of room, once a minute. Of one thread.
   *
   * @param now a reading of the ticker
   */
  void warn(long now) {
    if (unsaidClosed.get() + unsaidRefused.get() > 0 && warning.isDue(now)) {
      long closed = unsaidClosed.getAndSet(0);
      long turnedAway = unsaidRefused.getAndSet(0);
      LOG.warn(
          "{} connections of {} are open, the limit is {}: since the last such line {} idle ones"
              + " were closed to make room and {} new ones refused",
          size(),
          owners,
          limit,
          closed,
          turnedAway);
    }
  }
}
