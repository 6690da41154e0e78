package io.papi.http.dataset;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.papi.dataset.Dataset;

/** Counts what one dataset serves, by ids. Thread-safe. */
final class AnswerMeters {
  private static final double NANOS_PER_SECOND = 1e9;

  private final long freshNanos;
  private final DistributionSummary rowAge;
  private final Counter staleServed;
  private final Counter defaultedMissing;
  private final Counter defaultedUnavailable;

  AnswerMeters(Dataset dataset, MeterRegistry meters) {
    this.freshNanos = dataset.freshness().freshFor().toNanos();
    this.rowAge =
        DistributionSummary.builder("papi.row.age")
            .description("Age of what was served, counted per id")
            .baseUnit("seconds")
            .tag("dataset", dataset.name())
            .serviceLevelObjectives(1, 10, 60, 120, 180, 300, 600, 1800, 3600)
            .register(meters);
    this.staleServed =
        Counter.builder("papi.stale.served")
            .description("Ids served past their fresh time, because the store could not answer")
            .tag("dataset", dataset.name())
            .register(meters);
    this.defaultedMissing = defaulted(dataset, "missing", meters);
    this.defaultedUnavailable = defaulted(dataset, "unavailable", meters);
  }

  private static Counter defaulted(Dataset dataset, String reason, MeterRegistry meters) {
    return Counter.builder("papi.defaulted")
        .description("Ids for which the default row was served")
        .tag("dataset", dataset.name())
        .tag("reason", reason)
        .register(meters);
  }

  void served(Findings findings) {
    for (int i = 0; i < findings.known(); i++) {
      long age = findings.ageNanos(i);
      rowAge.record(age / NANOS_PER_SECOND);
      if (age > freshNanos) {
        staleServed.increment();
      }
    }
    if (!findings.defaulted().isEmpty()) {
      defaultedMissing.increment(findings.defaulted().size());
    }
    if (!findings.standIns().isEmpty()) {
      defaultedUnavailable.increment(findings.standIns().size());
    }
  }
}
