package io.papi.cache.redis.connection;

import io.papi.cache.redis.connection.ExchangeMeters.Operation;
import io.papi.cache.redis.connection.ExchangeMeters.Result;
import io.papi.lookup.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * A way to Redis: either open, with one connection, or by-passed. Thread-safe.
 *
 * <p>Any failure closes it: {@link #drop}. From then on {@link #connection} is empty at once, and
 * only the link's own thread tries to open it again, with growing pauses. Users never wait for that
 * and never try themselves.
 */
public final class RedisLink implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RedisLink.class);

  private static final long MIN_PAUSE_NANOS = Duration.ofMillis(20).toNanos();
  private static final long MAX_PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

  /** Asks over a connection whether Redis is there. */
  public interface Check {
    void ask(RedisConnection connection, long nanos) throws RedisFailure;
  }

  private final String name;
  private final RedisUri server;
  private final long timeoutNanos;
  private final long intervalNanos;
  private final Check check;
  private final Ticker ticker;
  private final ExchangeMeters meters;
  private final Watchdog watchdog;
  private final Thread thread;
  private final Runnable opened;
  private final Runnable upkeep;
  private final AtomicReference<@Nullable RedisConnection> current = new AtomicReference<>();

  /** What the log said last; it speaks again when this changes. */
  private final AtomicReference<String> said = new AtomicReference<>("");

  private volatile boolean closed;

  /** How often it could not be opened. Used by the link's thread alone. */
  private int failures;

  /**
   * @param interval how often {@code check} is to ask
   * @param check also asks before the link opens, in the link's thread
   * @param opened runs in the link's thread whenever the link has opened
   * @param upkeep runs in the link's thread once in each interval while the link is open, and sees
   *     to it that {@link #ping} is called
   */
  public RedisLink(
      String name,
      RedisSettings settings,
      Duration interval,
      Check check,
      Ticker ticker,
      ExchangeMeters meters,
      Runnable opened,
      Runnable upkeep) {
    this.name = name;
    this.server = settings.server();
    this.timeoutNanos = settings.timeout().toNanos();
    this.intervalNanos = interval.toNanos();
    this.check = check;
    this.ticker = ticker;
    this.meters = meters;
    this.opened = opened;
    this.upkeep = upkeep;
    this.watchdog = new Watchdog(name + "-watchdog", ticker);
    this.thread = Thread.ofVirtual().name(name + "-link").unstarted(this::maintain);
  }

  /** Begins to open; until it is open, Redis is by-passed. */
  public void start() {
    thread.start();
  }

  /** The open connection; empty while Redis is to be by-passed. */
  public Optional<RedisConnection> connection() {
    return Optional.ofNullable(current.get());
  }

  public boolean isOpen() {
    return current.get() != null;
  }

  /** Closes the link, if {@code broken} is still its connection: nobody gets that any more. */
  public void drop(RedisConnection broken, RedisFailure failure) {
    broken.close();
    if (current.compareAndSet(broken, null)) {
      say(failure);
      LockSupport.unpark(thread);
    }
  }

  /** Asks the check's question, over a connection that the caller holds. */
  public void ping(RedisConnection connection, long nanos) throws RedisFailure {
    long began = ticker.nanos();
    Result result = Result.FAILED;
    try {
      check.ask(connection, nanos);
      result = Result.OK;
    } catch (RedisFailure e) {
      result = Result.of(e);
      throw e;
    } finally {
      meters.exchanged(Operation.PING, result, ticker.nanos() - began);
    }
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
      RedisConnection connection = RedisConnection.open(server, failures, watchdog);
      ping(connection, timeoutNanos);
      current.set(connection);
      if (closed) {
        close();
        return;
      }
      sayThatItIsOpen();
      opened.run();
    } catch (RedisFailure e) {
      failures++;
      say(e);
    }
  }

  private void parkUntil(long due, boolean whileOpen) {
    while (!closed && isOpen() == whileOpen && due - ticker.nanos() > 0) {
      LockSupport.parkNanos(this, due - ticker.nanos());
    }
  }

  private void sayThatItIsOpen() {
    String now = "is in use";
    if (isNews(now)) {
      LOG.info("{}: Redis at {}:{} {}", name, server.host(), server.port(), now);
    }
  }

  private void say(RedisFailure failure) {
    String now = failure.kind().sentence();
    if (isNews(now)) {
      LOG.atLevel(failure.kind().isPermanent() ? Level.ERROR : Level.WARN)
          .log(
              "{}: Redis at {}:{} {}: {}",
              name,
              server.host(),
              server.port(),
              now,
              failure.getMessage());
    }
  }

  private boolean isNews(String now) {
    return !closed && !said.getAndSet(now).equals(now);
  }
}
