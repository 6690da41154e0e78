package io.papi.metrics;

import io.micrometer.core.instrument.Clock;
import io.papi.lookup.Ticker;
import java.util.concurrent.TimeUnit;

/**
 * The clock of the meters. Thread-safe.
 *
 * <p>Meters ask for the wall time twice for each record, only to know how old a maximum is. So it
 * is a recent reading of the ticker here, and a jump of the machine's clock changes nothing.
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
