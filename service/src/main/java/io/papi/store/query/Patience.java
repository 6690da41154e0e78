package io.papi.store.query;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Ends what takes too long by doing something from outside, as a statement is cancelled. Thread-safe.
 *
 * <p>A database's own timeout of a statement counts from its begin to its last row, which a stream
 * may take hours to reach; here each step has its own.
 */
public final class Patience implements AutoCloseable {
  private final ScheduledThreadPoolExecutor clock;

  public Patience() {
    this.clock =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("stream-patience").factory());
    clock.setRemoveOnCancelPolicy(true);
  }

  /** What is done when the patience is over; a failure of it is nobody's. */
  @FunctionalInterface
  interface End {
    void come() throws Exception;
  }

  /** A step that is under way. */
  interface Step extends AutoCloseable {

    /** The step is over. */
    @Override
    void close();
  }

  /** Begins a step that may take so long. */
  Step step(Duration longest, End end) {
    Future<?> ending =
        clock.schedule(
            () -> Thread.startVirtualThread(() -> come(end)),
            longest.toNanos(),
            TimeUnit.NANOSECONDS);
    return () -> ending.cancel(false);
  }

  private static void come(End end) {
    try {
      end.come();
    } catch (Exception e) {
      // it is over already
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
