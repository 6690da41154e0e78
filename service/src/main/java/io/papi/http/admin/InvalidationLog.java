package io.papi.http.admin;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Tells the log how many ids of a dataset operators invalidate: the first at once, and what follows
 * in one line a second, however many calls there are. Thread-safe.
 */
final class InvalidationLog {
  private final String dataset;
  private final Consumer<String> lines;
  private final Executor inASecond;

  /** Since the last line. */
  @GuardedBy("this")
  private int calls;

  @GuardedBy("this")
  private long ids;

  /** Whether the next line has to wait for the end of a second. */
  @GuardedBy("this")
  private boolean waiting;

  /**
   * @param lines takes each line
   * @param inASecond runs what it is given a second later
   */
  InvalidationLog(String dataset, Consumer<String> lines, Executor inASecond) {
    this.dataset = dataset;
    this.lines = lines;
    this.inASecond = inASecond;
  }

  /** A call has invalidated {@code count} ids. */
  synchronized void invalidated(int count) {
    calls++;
    ids += count;
    if (!waiting) {
      tell();
    }
  }

  private synchronized void secondIsOver() {
    waiting = false;
    if (calls > 0) {
      tell();
    }
  }

  @GuardedBy("this")
  private void tell() {
    String line = ids + " ids of " + dataset + " were invalidated by an operator";
    lines.accept(calls == 1 ? line : line + ", in " + calls + " calls");
    calls = 0;
    ids = 0;
    waiting = true;
    inASecond.execute(this::secondIsOver);
  }
}
