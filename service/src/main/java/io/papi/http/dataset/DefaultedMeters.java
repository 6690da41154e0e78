package io.papi.http.dataset;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.papi.http.answer.Findings;

/** Counts the ids for which a dataset serves the default row. Thread-safe. */
final class DefaultedMeters {
  private final Counter missing;
  private final Counter unavailable;

  DefaultedMeters(String dataset, MeterRegistry meters) {
    this.missing = counter(dataset, "missing", meters);
    this.unavailable = counter(dataset, "unavailable", meters);
  }

  private static Counter counter(String dataset, String reason, MeterRegistry meters) {
    return Counter.builder("papi.defaulted")
        .description("Ids for which the default row was served")
        .tag("dataset", dataset)
        .tag("reason", reason)
        .register(meters);
  }

  void served(Findings findings) {
    if (!findings.defaulted().isEmpty()) {
      missing.increment(findings.defaulted().size());
    }
    if (!findings.standIns().isEmpty()) {
      unavailable.increment(findings.standIns().size());
    }
  }
}
