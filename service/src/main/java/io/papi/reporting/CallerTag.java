package io.papi.reporting;

import io.micrometer.core.instrument.Tags;
import io.papi.caller.Caller;
import io.papi.caller.Callers;

/** The label of meters that says who has called; without callers there is none. */
public final class CallerTag {
  private CallerTag() {}

  public static Tags of(Callers callers, Caller caller) {
    return callers.isAnybody() ? Tags.empty() : Tags.of("caller", caller.name());
  }
}
