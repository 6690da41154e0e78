package io.papi.query;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * The bounds of a query. An answer beyond one of the first two is an error, never a shorter answer.
 *
 * @param maxRows the most rows of an answer
 * @param maxBytes the most bytes of an answer as JSON
 * @param maxCachedBytes the most bytes of an answer that is kept; a larger one is served to those
 *     who wait for it
 * @param deadline the longest that a caller waits
 */
public record QueryLimits(int maxRows, int maxBytes, int maxCachedBytes, Duration deadline) {

  public QueryLimits {
    requireNonNull(deadline, "deadline is null");
    if (maxRows < 1 || maxBytes < 1 || maxCachedBytes < 0) {
      throw new IllegalArgumentException(
          "maxRows is %d, maxBytes %d, maxCachedBytes %d"
              .formatted(maxRows, maxBytes, maxCachedBytes));
    }
  }

  /**
   * How long a statement may take before it is cancelled: twice as long as a caller waits, so that
   * the next caller may find what was too late for the first.
   */
  public Duration statementTimeout() {
    return deadline.multipliedBy(2);
  }

  /** The same in whole seconds, which is how JDBC takes it; no fewer. */
  public int statementTimeoutSeconds() {
    return Math.toIntExact(statementTimeout().plusMillis(999).toSeconds());
  }
}
