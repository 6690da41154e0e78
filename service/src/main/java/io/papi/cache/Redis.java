package io.papi.cache;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.papi.lookup.Ticker;

/**
 * One Redis as all datasets share it: a lane for reads, another for writes. Thread-safe.
 *
 * <p>Construction does not wait for Redis, and one that can't be had is no error: it is by-passed
 * until it is there. {@link #close} ends both connections and all threads.
 */
public final class Redis implements AutoCloseable {
  private final RedisClock clock = new RedisClock();
  private final RedisMeters meters;
  private final RedisLane lane;
  private final WriteBack writeBack;

  public Redis(RedisSettings settings, Ticker ticker, MeterRegistry registry) {
    this.meters = new RedisMeters(registry);
    this.lane = new RedisLane(settings, ticker, meters);
    this.writeBack = new WriteBack(settings, clock, ticker, meters);
    Gauge.builder("papi.breaker.state", lane, open -> open.isOpen() ? 0 : 1)
        .description("0 closed: calls pass; 1 open: by-passed")
        .tag("name", "redis")
        .strongReference(true)
        .register(registry);
  }

  /** Whether Redis is asked now; while it is not, the service is degraded. */
  public boolean isReachable() {
    return lane.isOpen();
  }

  RedisClock clock() {
    return clock;
  }

  RedisMeters meters() {
    return meters;
  }

  RedisLane lane() {
    return lane;
  }

  WriteBack writeBack() {
    return writeBack;
  }

  @Override
  public void close() {
    lane.close();
    writeBack.close();
  }
}
