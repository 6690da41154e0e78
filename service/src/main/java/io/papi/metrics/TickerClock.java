package io.papi.metrics;

import io.micrometer.core.instrument.Clock;
import io.papi.lookup.Ticker;
import java.util.concurrent.TimeUnit;

/**
 * The time as meters want it. Thread-safe.
 *
 * <p>They use what they call wall time only to tell how old a maximum is, and ask for it twice for
 * each record. So it is a recent reading of the ticker, and a jump of the machine's clock changes
 * nothing.
 */
record TickerClock(Ticker ticker) implements Clock {

  @Override
  public long wallTime() {
    return TimeUnit.NANOSECONDS.toMillis(ticker.recentNanos());
  }

  @Override
  public long monotonicTime() {
    return ticker.nanos();
  }
}
