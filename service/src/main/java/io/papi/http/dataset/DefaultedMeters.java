package io.papi.http.dataset;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.papi.http.answer.Findings;

/** Counts the ids for which a dataset serves one caller the default row. Thread-safe. */
final class DefaultedMeters {
  private final Counter missing;
  private final Counter unavailable;

  DefaultedMeters(String dataset, Tags caller, MeterRegistry meters) {
    this.missing = counter(dataset, caller, "missing", meters);
    this.unavailable = counter(dataset, caller, "unavailable", meters);
  }

  private static Counter counter(String dataset, Tags caller, String reason, MeterRegistry meters) {
    return Counter.builder("papi.defaulted")
        .description("Ids for which the default row was served")
        .tag("dataset", dataset)
        .tag("reason", reason)
        .tags(caller)
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
