package io.papi.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;

/** A bounded pool of connections to a store, filled in the background. Thread-safe. */
public final class ConnectionPool implements AutoCloseable {
  /**
   * Hikari's minimum: a statement that gets no connection fails well before a caller's deadline.
   */
  private static final Duration WAIT_FOR_CONNECTION = Duration.ofMillis(250);

  private static final Duration KEEP_ALIVE = Duration.ofMinutes(2);
  private static final Duration MAX_LIFETIME = Duration.ofMinutes(30);

  /** For a statement that takes seconds it is worth waiting until another connection is open. */
  private static final Duration WAIT_FOR_QUERY_CONNECTION = Duration.ofSeconds(4);

  private final HikariDataSource pool;
  private final int atStart;

  /** A pool that opens its connections by {@code source}; an unreachable store does not fail it. */
  public ConnectionPool(DataSource source, StoreSettings settings, MeterRegistry meters) {
    this(
        "store",
        source,
        settings.connections(),
        settings.connections(),
        WAIT_FOR_CONNECTION,
        meters);
  }

  private ConnectionPool(
      String name,
      DataSource source,
      int connections,
      int atStart,
      Duration patience,
      MeterRegistry meters) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setDataSource(source);
    config.setMaximumPoolSize(connections);
    config.setMinimumIdle(atStart);
    config.setConnectionTimeout(patience.toMillis());
    config.setKeepaliveTime(KEEP_ALIVE.toMillis());
    config.setMaxLifetime(MAX_LIFETIME.toMillis());
    config.setInitializationFailTimeout(-1);
    config.setExceptionOverride(new LostSession());
    config.setMetricsTrackerFactory(new MicrometerMetricsTrackerFactory(meters));
    this.atStart = atStart;
    this.pool = new HikariDataSource(config);
  }

  /**
   * A pool for queries, which keeps one connection open and opens others when they are needed.
   *
   * @param warehouse where their statements run; empty for the session's own
   */
  public static ConnectionPool ofQueries(
      DataSource source, Optional<String> warehouse, int connections, MeterRegistry meters) {
    String name = warehouse.map(one -> "queries-" + one).orElse("queries");
    return new ConnectionPool(name, source, connections, 1, WAIT_FOR_QUERY_CONNECTION, meters);
  }

  public DataSource dataSource() {
    return pool;
  }

  /** Whether all connections are open that a start waits for. */
  public boolean isFull() {
    return pool.getHikariPoolMXBean().getTotalConnections() >= atStart;
  }

  /** Closes all connections; statements under way fail. */
  @Override
  public void close() {
    pool.close();
  }
}
