package io.papi.store.query;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Ends what takes too long by doing something from outside, as a statement is cancelled.
 * Thread-safe.
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

  /** A step that is under way. Once it is over, its end does not come any more. */
  interface Step extends AutoCloseable {

    /** The step is over. */
    @Override
    void close();
  }

  /** Begins a step that may take so long. */
  Step step(Duration longest, End end) {
    Ending ending = new Ending(end);
    Future<?> later =
        clock.schedule(
            () -> Thread.startVirtualThread(ending), longest.toNanos(), TimeUnit.NANOSECONDS);
    return () -> {
      later.cancel(false);
      ending.giveUp();
    };
  }

  /** The end of a step, which comes while it is under way or never. */
  private static final class Ending implements Runnable {
    private final End end;

    @GuardedBy("this")
    private boolean tooLate;

    Ending(End end) {
      this.end = end;
    }

    @Override
    public synchronized void run() {
      if (tooLate) {
        return;
      }
      try {
        end.come();
      } catch (Exception e) {
        // what cannot be ended ends by itself
      }
    }

    synchronized void giveUp() {
      tooLate = true;
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
