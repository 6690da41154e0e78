package io.papi.http.admission;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.papi.caller.Caller;
import io.papi.http.exchange.RefusedException.Why;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Counts the requests that one caller may not make, or not make now. Thread-safe. */
final class Refusals {
  private final Map<Why, Counter> counters = new EnumMap<>(Why.class);
  private final Counter storeIds;

  Refusals(Caller caller, MeterRegistry meters) {
    for (Why why : Why.values()) {
      counters.put(
          why, counter(caller, why.name().toLowerCase(Locale.ROOT).replace('_', '-'), meters));
    }
    this.storeIds = counter(caller, "store-ids", meters);
  }

  private static Counter counter(Caller caller, String reason, MeterRegistry meters) {
    return Counter.builder("papi.refused")
        .description("Requests that their caller may not make, or not make now")
        .tag("caller", caller.name())
        .tag("reason", reason)
        .register(meters);
  }

  void count(Why why) {
    requireNonNull(counters.get(why), "no counter").increment();
  }

  /** Counts those that had too many ids read from the store. */
  Counter storeIds() {
    return storeIds;
  }
}
