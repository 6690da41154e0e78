package io.papi.cache.redis.connection;

import io.papi.lookup.Ticker;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A thread that ends what takes too long: at most one thing at a time. Thread-safe.
 *
 * <p>It is a platform thread, since it must not depend on virtual threads, which may be late. While
 * things begin and end every few microseconds the thread sleeps on, and looks again when the first
 * of them would have been due; it is woken only if it would sleep past the time at which the new
 * one is due. Both sides first say what they do and then look at what the other said ({@code
 * watched} before {@code wakesAt}, and the other way round), so that one of them always sees the
 * other.
 *
 * <p>If the watchdog itself is late, the whole process was paused, by a garbage collection or the
 * operating system. What it watches then gets a moment to read what has arrived meanwhile;
 * otherwise every pause would look like a failure of the other side.
 */
final class Watchdog implements AutoCloseable {

  /** Something that must end in time. */
  static final class Watch {
    private final long at;
    private final Runnable end;

    private Watch(long at, Runnable end) {
      this.at = at;
      this.end = end;
    }
  }

  private static final long LATE_NANOS = 5_000_000;
  private static final long GRACE_NANOS = 10_000_000;
  private static final long FOREVER = Long.MAX_VALUE / 4;

  private final Ticker ticker;
  private final Thread thread;
  private final AtomicReference<@Nullable Watch> watched = new AtomicReference<>();
  private volatile long wakesAt;
  private volatile boolean closed;

  Watchdog(String name, Ticker ticker) {
    this.ticker = ticker;
    this.wakesAt = ticker.nanos();
    this.thread = Thread.ofPlatform().daemon().name(name).start(this::run);
  }

  /**
   * Begins to watch; {@link #left} must follow.
   *
   * @param nanos the time after which it is ended, if it has not left
   * @param end ends it; called by the watchdog's thread, must not block
   */
  Watch enter(long nanos, Runnable end) {
    Watch watch = new Watch(ticker.nanos() + nanos, end);
    watched.set(watch);
    if (watch.at - wakesAt < 0) {
      LockSupport.unpark(thread);
    }
    return watch;
  }

  /** Ends watching: false when the watchdog was faster. */
  boolean left(Watch watch) {
    return watched.compareAndSet(watch, null);
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }

  private void run() {
    while (!closed) {
      Watch watch = watched.get();
      long now = ticker.nanos();
      long wake = watch == null ? now + FOREVER : watch.at;
      wakesAt = wake;
      if (watched.get() != watch) {
        continue;
      }
      if (watch == null || wake - now > 0) {
        LockSupport.parkNanos(this, wake - now);
        continue;
      }
      if (now - wake > LATE_NANOS) {
        LockSupport.parkNanos(this, GRACE_NANOS);
      }
      if (watched.compareAndSet(watch, null)) {
        watch.end.run();
      }
    }
  }
}
