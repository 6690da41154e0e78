package io.papi.cache.redis;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.papi.cache.Lifetime;
import io.papi.cache.redis.Reply.Nothing;
import io.papi.cache.redis.Reply.Values;
import io.papi.cache.redis.clock.RedisClock;
import io.papi.cache.redis.connection.ExchangeMeters;
import io.papi.cache.redis.connection.RedisSettings;
import io.papi.lookup.Deadline;
import io.papi.lookup.Origin;
import io.papi.lookup.Origin.Layer;
import io.papi.lookup.Outcome.Known;
import io.papi.lookup.Ticker;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * One Redis server, as all datasets share it: one connection for reads, another for writes.
 * Thread-safe.
 *
 * <p>Construction does not wait for Redis. If Redis cannot be reached that is no error: it is
 * by-passed until it is there. {@link #close} ends both connections and all threads.
 */
public final class Redis implements RedisRows, AutoCloseable {
  private final Ticker ticker;
  private final RedisReads reads;
  private final RedisWrites writes;
  private final ValueReader values;

  public Redis(RedisSettings settings, Ticker ticker, MeterRegistry registry) {
    this.ticker = ticker;
    RedisClock clock = new RedisClock();
    ExchangeMeters meters = new ExchangeMeters(registry);
    this.reads = new RedisReads(settings, ticker, meters);
    this.writes = new RedisWrites(settings, clock, ticker, meters, registry);
    this.values = new ValueReader(clock, registry, writes::discard);
    Gauge.builder("papi.breaker.state", this, redis -> redis.isReachable() ? 0 : 1)
        .description("0 closed: calls pass; 1 open: by-passed, or nothing can be written")
        .tag("name", "redis")
        .strongReference(true)
        .register(registry);
  }

  /**
   * Whether Redis is asked now, and can be written to; while it is not so, the service is degraded.
   */
  public boolean isReachable() {
    return reads.isOpen() && writes.isOpen();
  }

  /** Reads as many names in one exchange as it may carry, one exchange after another. */
  @Override
  public Optional<Held> read(byte[][] names, Lifetime lifetime, Deadline deadline) {
    long began = ticker.recentNanos();
    long now = began;
    List<Optional<Known>> held = new ArrayList<>(names.length);
    int maxKeys = reads.maxKeys();
    for (int from = 0; from < names.length; from += maxKeys) {
      byte[][] part =
          names.length <= maxKeys
              ? names
              : Arrays.copyOfRange(names, from, Math.min(from + maxKeys, names.length));
      Reply reply = reads.read(part, deadline);
      now = ticker.nanos();
      switch (reply) {
        case Values found -> {
          Origin here = Origin.of(Layer.REDIS, now - began);
          for (int i = 0; i < part.length; i++) {
            Optional<byte[]> value = found.at(i);
            held.add(
                value.isPresent()
                    ? values.read(part[i], value.get(), lifetime, now, here)
                    : Optional.empty());
          }
        }
        case Nothing nothing -> {
          if (from == 0 && nothing == Nothing.BYPASSED) {
            return Optional.empty();
          }
          held.addAll(Collections.nCopies(names.length - from, Optional.empty()));
          return Optional.of(new Held(held, now - began));
        }
      }
    }
    return Optional.of(new Held(held, now - began));
  }

  @Override
  public void keep(byte[] name, Known known, Lifetime lifetime) {
    writes.keep(name, known, lifetime);
  }

  @Override
  public CompletableFuture<Boolean> invalidate(byte[] name) {
    return writes.invalidate(name);
  }

  @Override
  public void close() {
    reads.close();
    writes.close();
  }
}
