package io.papi.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import javax.sql.DataSource;

/** A bounded pool of connections to a store, filled in the background. Thread-safe. */
public final class ConnectionPool implements AutoCloseable {
  /**
   * Hikari's minimum: a statement that gets no connection fails well before a caller's deadline.
   */
  private static final Duration WAIT_FOR_CONNECTION = Duration.ofMillis(250);

  private static final Duration KEEP_ALIVE = Duration.ofMinutes(2);
  private static final Duration MAX_LIFETIME = Duration.ofMinutes(30);

  private final HikariDataSource pool;
  private final int connections;

  /** A pool that opens its connections by {@code source}; an unreachable store does not fail it. */
  public ConnectionPool(DataSource source, StoreSettings settings, MeterRegistry meters) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("store");
    config.setDataSource(source);
    config.setMaximumPoolSize(settings.connections());
    config.setMinimumIdle(settings.connections());
    config.setConnectionTimeout(WAIT_FOR_CONNECTION.toMillis());
    config.setKeepaliveTime(KEEP_ALIVE.toMillis());
    config.setMaxLifetime(MAX_LIFETIME.toMillis());
    config.setInitializationFailTimeout(-1);
    config.setExceptionOverride(new LostSession());
    config.setMetricsTrackerFactory(new MicrometerMetricsTrackerFactory(meters));
    this.connections = settings.connections();
    this.pool = new HikariDataSource(config);
  }

  public DataSource dataSource() {
    return pool;
  }

  /** Whether all connections are open. */
  public boolean isFull() {
    return pool.getHikariPoolMXBean().getTotalConnections() >= connections;
  }

  /** Closes all connections; statements under way fail. */
  @Override
  public void close() {
    pool.close();
  }
}
