package io.papi.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import javax.sql.DataSource;

/** A bounded pool of connections to a store, filled in the background. Thread-safe. */
public final class ConnectionPool implements AutoCloseable {
  private static final Duration KEEP_ALIVE = Duration.ofMinutes(2);
  private static final Duration MAX_LIFETIME = Duration.ofMinutes(30);

  /**
   * Hikari pauses 30 ms after each connection that it takes up: these are there in half a second.
   */
  private static final int LAST = 16;

  private final HikariDataSource pool;
  private final OpenedAhead source;
  private final int minimum;

  /** The pool of lookups. */
  public ConnectionPool(DataSource source, StoreSettings settings, MeterRegistry meters) {
    this(source, PoolSettings.forLookups(settings), meters);
  }

  /** A pool that opens its connections by {@code source}; an unreachable store does not fail it. */
  public ConnectionPool(DataSource source, PoolSettings settings, MeterRegistry meters) {
    this.source = new OpenedAhead(source, settings.minimum());
    HikariConfig config = new HikariConfig();
    config.setPoolName(settings.name());
    config.setDataSource(this.source);
    config.setMaximumPoolSize(settings.maximum());
    config.setMinimumIdle(settings.minimum());
    config.setConnectionTimeout(settings.maxWait().toMillis());
    config.setKeepaliveTime(KEEP_ALIVE.toMillis());
    config.setMaxLifetime(MAX_LIFETIME.toMillis());
    config.setInitializationFailTimeout(-1);
    config.setExceptionOverride(new LostSession());
    config.setMetricsTrackerFactory(new MicrometerMetricsTrackerFactory(meters));
    this.minimum = settings.minimum();
    this.pool = new HikariDataSource(config);
  }

  public DataSource dataSource() {
    return pool;
  }

  /**
   * Whether as many connections have been opened as are always kept; of lookups these are all. The
   * pool may have yet to take up the last of them, of which a statement gets the next one.
   */
  public boolean isOpen() {
    return source.isDoneBut(LAST) || pool.getHikariPoolMXBean().getTotalConnections() >= minimum;
  }

  /** Closes all connections; statements under way fail. */
  @Override
  public void close() {
    pool.close();
    source.close();
  }
}
