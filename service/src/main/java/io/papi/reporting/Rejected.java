package io.papi.reporting;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** The meter of what is turned away at a bound, wherever that bound is. */
public final class Rejected {
  private Rejected() {}

  /**
   * Counts what is turned away at one bound.
   *
   * @param reason the bound's name on the metrics page
   */
  public static Counter counter(String reason, MeterRegistry meters) {
    return Counter.builder("papi.rejected")
        .description("Ids, or connections, turned away at a bound")
        .tag("reason", reason)
        .register(meters);
  }
}
