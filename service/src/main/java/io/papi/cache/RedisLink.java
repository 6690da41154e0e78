package io.papi.cache;

import io.papi.cache.RedisMeters.Operation;
import io.papi.cache.RedisMeters.Result;
import io.papi.lookup.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A way to Redis that is either open, with one connection, or by-passed. Thread-safe.
 *
 * <p>Any failure closes it: {@link #drop}. From then on {@link #connection} is empty at once, and
 * only a thread of the link's own tries to open it again, with growing pauses. Users never wait for
 * it and never try for themselves.
 */
final class RedisLink implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RedisLink.class);

  private static final long MIN_PAUSE_NANOS = Duration.ofMillis(20).toNanos();
  private static final long MAX_PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

  /** Asks over a connection whether Redis is there. */
  interface Check {
    void ask(RedisConnection connection, long nanos) throws RedisFailure;
  }

  /** What is told when it changes. */
  private enum Condition {
    NEW,
    OPEN,
    FAILED,
    REFUSED
  }

  private final String name;
  private final RedisSettings settings;
  private final long intervalNanos;
  private final Check check;
  private final Ticker ticker;
  private final RedisMeters meters;
  private final Watchdog watchdog;
  private final Thread thread;
  private final Runnable opened;
  private final Runnable upkeep;
  private final AtomicReference<@Nullable RedisConnection> current = new AtomicReference<>();
  private final AtomicReference<Condition> condition = new AtomicReference<>(Condition.NEW);
  private volatile boolean closed;

  /**
   * @param interval how often {@code check} asks
   * @param check asks before the link opens too, in the link's thread
   * @param opened runs in the link's thread whenever the link has opened
   * @param upkeep runs in the link's thread once in an interval while it is open; it should let
   *     {@link #ping} ask
   */
  RedisLink(
      String name,
      RedisSettings settings,
      Duration interval,
      Check check,
      Ticker ticker,
      RedisMeters meters,
      Runnable opened,
      Runnable upkeep) {
    this.name = name;
    this.settings = settings;
    this.intervalNanos = interval.toNanos();
    this.check = check;
    this.ticker = ticker;
    this.meters = meters;
    this.opened = opened;
    this.upkeep = upkeep;
    this.watchdog = new Watchdog(name + "-watchdog", ticker);
    this.thread = Thread.ofVirtual().name(name + "-link").unstarted(this::maintain);
  }

  /** Begins to open; until then the link is by-passed. */
  void start() {
    thread.start();
  }

  /** The open connection; empty while Redis is to be by-passed. */
  Optional<RedisConnection> connection() {
    return Optional.ofNullable(current.get());
  }

  boolean isOpen() {
    return current.get() != null;
  }

  /** {@code broken} has failed: nobody gets it any more. */
  void drop(RedisConnection broken, RedisFailure failure) {
    broken.close();
    if (current.compareAndSet(broken, null)) {
      become(
          failure.kind() == RedisFailure.Kind.REFUSED ? Condition.REFUSED : Condition.FAILED,
          failure);
      LockSupport.unpark(thread);
    }
  }

  /** Asks what there is to ask from time to time, over a connection that the caller holds. */
  void ping(RedisConnection connection, long nanos) throws RedisFailure {
    long began = ticker.nanos();
    Result result = Result.FAILED;
    try {
      check.ask(connection, nanos);
      result = Result.OK;
    } catch (RedisFailure e) {
      result = resultOf(e);
      throw e;
    } finally {
      meters.exchanged(Operation.PING, result, ticker.nanos() - began);
    }
  }

  static Result resultOf(RedisFailure failure) {
    return failure.kind() == RedisFailure.Kind.TIMEOUT ? Result.TIMEOUT : Result.FAILED;
  }

  @Override
  public void close() {
    closed = true;
    RedisConnection last = current.getAndSet(null);
    if (last != null) {
      last.close();
    }
    watchdog.close();
    LockSupport.unpark(thread);
  }

  private void maintain() {
    long pause = MIN_PAUSE_NANOS;
    while (!closed) {
      long tried = ticker.nanos();
      open();
      while (isOpen()) {
        long due = ticker.nanos() + intervalNanos;
        parkUntil(due, true);
        if (isOpen()) {
          upkeep.run();
        }
      }
      // one that opens and fails at once is no better than one that does not open
      boolean lasted = ticker.nanos() - tried > 2 * MAX_PAUSE_NANOS;
      pause = lasted ? MIN_PAUSE_NANOS : Math.min(2 * pause, MAX_PAUSE_NANOS);
      long jittered = ThreadLocalRandom.current().nextLong(pause / 2, pause + 1);
      parkUntil(ticker.nanos() + jittered, false);
    }
  }

  private void open() {
    try {
      RedisConnection connection = RedisConnection.open(settings, watchdog);
      ping(connection, settings.timeout().toNanos());
      current.set(connection);
      if (closed) {
        close();
        return;
      }
      become(Condition.OPEN, null);
      opened.run();
    } catch (RedisFailure e) {
      become(e.kind() == RedisFailure.Kind.REFUSED ? Condition.REFUSED : Condition.FAILED, e);
    }
  }

  private void parkUntil(long due, boolean whileOpen) {
    while (!closed && isOpen() == whileOpen && due - ticker.nanos() > 0) {
      LockSupport.parkNanos(this, due - ticker.nanos());
    }
  }

  private void become(Condition next, @Nullable RedisFailure failure) {
    if (closed || condition.getAndSet(next) == next) {
      return;
    }
    String why = failure == null ? "" : failure.getMessage();
    switch (next) {
      case NEW -> {}
      case OPEN -> LOG.info("{}: Redis at {}:{} is in use", name, settings.host(), settings.port());
      case FAILED ->
          LOG.warn(
              "{}: Redis at {}:{} is by-passed until it answers again: {}",
              name,
              settings.host(),
              settings.port(),
              why);
      case REFUSED ->
          LOG.error(
              "{}: Redis at {}:{} refuses to let us in: check user and password: {}",
              name,
              settings.host(),
              settings.port(),
              why);
    }
  }
}
