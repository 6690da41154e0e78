package io.papi.store;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.papi.lookup.Ticker;
import io.papi.reporting.OnceAMinute;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports rows that cannot be shown: all are counted, and at most one in a minute is logged, by
 * dataset and column and never by its value. Thread-safe.
 */
public final class UnreadableRows {
  private static final Logger LOG = LoggerFactory.getLogger(UnreadableRows.class);

  private final String subject;
  private final Ticker ticker;
  private final Counter counter;

  private final OnceAMinute onceAMinute = new OnceAMinute();

  /** Ids that no line has told of. */
  @GuardedBy("this")
  private long untold;

  /**
   * @param name of the dataset or the query, in metrics
   * @param subject what the log calls it
   */
  public UnreadableRows(String name, String subject, MeterRegistry meters, Ticker ticker) {
    this.subject = subject;
    this.ticker = ticker;
    this.counter =
        Counter.builder("papi.store.unreadable")
            .description("Ids whose row cannot be shown, each time that the store was asked")
            .tag("dataset", name)
            .register(meters);
  }

  /** A value has no form in JSON. */
  public void noForm(UnreadableRowException row) {
    add("column %s has a value that cannot be shown (%s)".formatted(row.column(), row.fault()));
  }

  /** The values that were asked with have no result. */
  public void noResult(String sqlState) {
    add("the statement has no result for some values (SQL state %s)".formatted(sqlState));
  }

  /** Two rows have one key. */
  void notUnique(String keyColumn) {
    add("key column %s is not unique".formatted(keyColumn));
  }

  /** For an id there is no row but another id's. */
  void notAsked(String keyColumn) {
    add(
        "key column %s does not compare exactly: a row has another key than was asked for"
            .formatted(keyColumn));
  }

  private void add(String what) {
    counter.increment();
    long more;
    synchronized (this) {
      if (!onceAMinute.isDue(ticker.nanos())) {
        untold++;
        return;
      }
      more = untold;
      untold = 0;
    }
    LOG.error("{}: {}; {} more since the last such line", subject, what, more);
  }
}
