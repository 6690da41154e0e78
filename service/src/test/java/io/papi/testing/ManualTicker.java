package io.papi.testing;

import io.papi.lookup.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that moves when a test says so. Thread-safe. */
public final class ManualTicker implements Ticker {
  /** Not zero, so that a forgotten base shows. */
  private final AtomicLong now = new AtomicLong(1_000_000_000_000L);

  @Override
  public long nanos() {
    return now.get();
  }

  public void advance(Duration time) {
    now.addAndGet(time.toNanos());
  }
}
