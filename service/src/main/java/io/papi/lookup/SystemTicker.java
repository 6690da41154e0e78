package io.papi.lookup;

import java.util.concurrent.atomic.AtomicLong;

/** The process's monotonic clock, which remembers its last reading. Thread-safe. */
final class SystemTicker implements Ticker {
  private final AtomicLong last = new AtomicLong(System.nanoTime());

  @Override
  public long nanos() {
    long now = System.nanoTime();
    // No order with anything else is needed, so none is paid for.
    last.setOpaque(now);
    return now;
  }

  @Override
  public long recentNanos() {
    return last.getOpaque();
  }
}
