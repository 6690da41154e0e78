package io.papi.http.admin;

import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Tells the log what operators take out of a dataset's caches: the first of it at once, and what
 * follows in one line a second, however many calls there are. Thread-safe.
 */
final class EraseLog {
  private final String dataset;
  private final Consumer<String> lines;
  private final Executor inASecond;

  /** Since the last line. */
  private int calls;

  private long ids;

  /** Whether a second has begun at whose end what has come in it is told. */
  private boolean waiting;

  /**
   * @param lines takes each line
   * @param inASecond runs what it is given a second later
   */
  EraseLog(String dataset, Consumer<String> lines, Executor inASecond) {
    this.dataset = dataset;
    this.lines = lines;
    this.inASecond = inASecond;
  }

  /** A call has taken out {@code count} ids. */
  synchronized void erased(int count) {
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

  private void tell() {
    String line = ids + " ids of " + dataset + " were taken out of the caches by an operator";
    lines.accept(calls == 1 ? line : line + ", in " + calls + " calls");
    calls = 0;
    ids = 0;
    waiting = true;
    inASecond.execute(this::secondIsOver);
  }
}
