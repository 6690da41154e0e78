package io.papi.store;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;

/**
 * The settings of a pool of connections.
 *
 * @param name in the pool's metrics, logs and threads
 * @param minimum how many idle connections it keeps, as far as {@code maximum} allows
 * @param maximum at most as many statements run at once
 * @param maxWait the longest wait for a connection, at least 250 ms
 */
public record PoolSettings(String name, int minimum, int maximum, Duration maxWait) {
  /** Hikari's minimum: a lookup that gets no connection fails well before a caller's deadline. */
  private static final Duration WAIT_OF_LOOKUPS = Duration.ofMillis(250);

  /** Connections of queries open on demand: it has to outlast a sign-in. */
  private static final Duration WAIT_OF_QUERIES = Duration.ofSeconds(5);

  public PoolSettings {
    requireNonNull(name, "name is null");
    requireNonNull(maxWait, "maxWait is null");
    if (minimum < 1 || minimum > maximum) {
      throw new IllegalArgumentException(
          "minimum is " + minimum + ", not between 1 and " + maximum);
    }
    if (maxWait.compareTo(WAIT_OF_LOOKUPS) < 0) {
      throw new IllegalArgumentException(
          "maxWait is " + maxWait + ", less than " + WAIT_OF_LOOKUPS);
    }
  }

  /** The pool of lookups, all of whose connections stay open. */
  public static PoolSettings forLookups(StoreSettings settings) {
    return new PoolSettings(
        "store", settings.connections(), settings.connections(), WAIT_OF_LOOKUPS);
  }

  /**
   * A pool of queries. They are rare and a session costs, so one idle connection is enough.
   *
   * @param warehouse where it is one of several
   */
  public static PoolSettings forQueries(Optional<String> warehouse, int connections) {
    return onDemand("queries", warehouse, connections);
  }

  /**
   * A pool of streams, each of which holds its connection for as long as it lasts.
   *
   * @param warehouse where it is one of several
   */
  public static PoolSettings forStreams(Optional<String> warehouse, int connections) {
    return onDemand("streams", warehouse, connections);
  }

  private static PoolSettings onDemand(String kind, Optional<String> warehouse, int connections) {
    String name = warehouse.map(each -> kind + "/" + each).orElse(kind);
    return new PoolSettings(name, 1, connections, WAIT_OF_QUERIES);
  }
}
