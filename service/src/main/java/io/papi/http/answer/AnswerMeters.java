package io.papi.http.answer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.papi.dataset.Freshness;

/** Counts what one dataset or query serves to one caller, by ids or answers. Thread-safe. */
public final class AnswerMeters {
  private static final double NANOS_PER_SECOND = 1e9;

  private final long freshNanos;
  private final DistributionSummary rowAge;
  private final Counter staleServed;

  /**
   * @param caller whom it is served to
   */
  public AnswerMeters(String dataset, Tags caller, Freshness freshness, MeterRegistry meters) {
    this.freshNanos = freshness.freshFor().toNanos();
    this.rowAge =
        DistributionSummary.builder("papi.row.age")
            .description("Age of what was served, counted per id")
            .baseUnit("seconds")
            .tag("dataset", dataset)
            .tags(caller)
            .serviceLevelObjectives(1, 10, 60, 120, 180, 300, 600, 1800, 3600)
            .register(meters);
    this.staleServed =
        Counter.builder("papi.stale.served")
            .description("Ids served past their fresh time, because the store could not answer")
            .tag("dataset", dataset)
            .tags(caller)
            .register(meters);
  }

  public void served(Findings findings) {
    for (int i = 0; i < findings.known(); i++) {
      long age = findings.ageNanos(i);
      rowAge.record(age / NANOS_PER_SECOND);
      if (age > freshNanos) {
        staleServed.increment();
      }
    }
  }
}
