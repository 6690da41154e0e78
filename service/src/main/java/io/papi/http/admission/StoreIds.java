package io.papi.http.admission;

import io.micrometer.core.instrument.Counter;
import io.papi.lookup.Budget;
import java.time.Duration;

/** How many ids a caller may have read from the store. Thread-safe. */
final class StoreIds implements Budget {
  private final String caller;
  private final Limit limit;
  private final Counter refused;

  /**
   * @param refused counts the lookups that got none
   */
  StoreIds(String caller, Limit limit, Counter refused) {
    this.caller = caller;
    this.limit = limit;
    this.refused = refused;
  }

  @Override
  public boolean take(int ids) {
    boolean taken = limit.take(ids);
    if (!taken) {
      refused.increment();
    }
    return taken;
  }

  @Override
  public Duration until(int ids) {
    return limit.until(ids);
  }

  @Override
  public String limit() {
    return "caller %s may have %d ids a second read from the store"
        .formatted(caller, limit.rate().perSecond());
  }
}
