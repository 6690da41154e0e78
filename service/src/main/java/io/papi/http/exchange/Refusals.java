package io.papi.http.exchange;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;

/**
 * Counts what is refused before it is routed, by reason. No route sees these requests. Thread-safe.
 */
final class Refusals {
  private final Map<Refusal, Counter> counters = new EnumMap<>(Refusal.class);

  Refusals(MeterRegistry meters) {
    for (Refusal refusal : Refusal.values()) {
      counters.put(
          refusal,
          Counter.builder("papi.requests.refused")
              .description(
                  "Requests refused before a route was looked for, by callers or operators")
              .tag("reason", refusal.tag())
              .register(meters));
    }
  }

  void count(Refusal refusal) {
    requireNonNull(counters.get(refusal), "no counter of a refusal").increment();
  }
}
