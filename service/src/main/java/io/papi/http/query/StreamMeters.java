package io.papi.http.query;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.papi.lookup.Outcome.Reason;
import io.papi.query.BrokenStreamException;
import io.papi.reporting.Rejected;
import java.util.concurrent.Semaphore;

/** Counts what the streams of one query send. Thread-safe. */
final class StreamMeters {
  private final Counter rows;
  private final Counter bytes;
  private final Counter brokenByStore;
  private final Counter brokenBySilence;
  private final Counter brokenByRow;
  private final Counter brokenByReader;
  private final Counter refused;

  /**
   * @param free the streams that may begin
   * @param max the most at once
   */
  StreamMeters(String query, Semaphore free, int max, MeterRegistry meters) {
    this.rows =
        Counter.builder("papi.stream.rows")
            .description("Rows that streams have sent")
            .tag("dataset", query)
            .register(meters);
    this.bytes =
        Counter.builder("papi.stream.bytes")
            .description("Bytes that streams have sent, before they are cut into chunks")
            .tag("dataset", query)
            .register(meters);
    this.brokenByStore = broken(query, "store", meters);
    this.brokenBySilence = broken(query, "silence", meters);
    this.brokenByRow = broken(query, "row", meters);
    this.brokenByReader = broken(query, "reader", meters);
    this.refused = Rejected.counter("streams", meters);
    Gauge.builder("papi.streams", free, semaphore -> max - semaphore.availablePermits())
        .description("Streams under way")
        .tag("dataset", query)
        .strongReference(true)
        .register(meters);
  }

  private static Counter broken(String query, String reason, MeterRegistry meters) {
    return Counter.builder("papi.stream.broken")
        .description("Streams that ended in their middle, by who failed")
        .tag("dataset", query)
        .tag("reason", reason)
        .register(meters);
  }

  void sent(int moreRows, int moreBytes) {
    rows.increment(moreRows);
    bytes.increment(moreBytes);
  }

  void brokenByStore(BrokenStreamException broken) {
    broken
        .reason()
        .map(reason -> reason == Reason.DEADLINE ? brokenBySilence : brokenByStore)
        .orElse(brokenByRow)
        .increment();
  }

  void brokenByReader() {
    brokenByReader.increment();
  }

  void refused() {
    refused.increment();
  }
}
