package io.papi.http.port;

import io.papi.http.connection.OpenConnections;
import java.util.Optional;

/**
 * How many connections each port may have open.
 *
 * @param callers those of callers
 * @param operators those of operators
 */
public record ConnectionLimits(int callers, int operators) {
  /** Enough for probes, a few that read metrics, and a few browsers with the status page. */
  static final int MAX_OPERATORS = 64;

  /** For files that are opened now and then, and for Redis. */
  private static final int KEPT_FREE = 64;

  /** With fewer there is no service. */
  private static final int MIN = 4;

  /**
   * As many as were asked for, or as the process's descriptors allow.
   *
   * @param maxCallers the most connections of callers, by the configuration
   * @param pool descriptors that the store's connections may still come to need
   * @throws CannotListenException if there are too few to serve anybody
   */
  public static ConnectionLimits within(
      int maxCallers, Optional<Descriptors> descriptors, int pool) {
    if (descriptors.isEmpty()) {
      return new ConnectionLimits(maxCallers, MAX_OPERATORS);
    }
    Descriptors process = descriptors.get();
    long free = process.max() - process.open() - KEPT_FREE - pool;
    long operators = Math.min(MAX_OPERATORS, fitting(free / 4));
    long callers = Math.min(maxCallers, fitting(free - needed(operators)));
    if (operators < MIN || callers < Math.min(MIN, maxCallers)) {
      throw new CannotListenException(
          "the process may open "
              + process.max()
              + " files, which leaves no room for connections: "
              + process.open()
              + " are open and "
              + (KEPT_FREE + pool)
              + " are kept free; raise its limit (ulimit -n)");
    }
    return new ConnectionLimits((int) callers, (int) operators);
  }

  /** How many descriptors a port with this limit can need. */
  private static long needed(long limit) {
    return limit + 2 * OpenConnections.slack(limit);
  }

  /** The largest limit of a port that gets by with so many descriptors. */
  private static long fitting(long descriptors) {
    return Math.min(descriptors - 2 * MIN, descriptors * 8 / 9);
  }
}
