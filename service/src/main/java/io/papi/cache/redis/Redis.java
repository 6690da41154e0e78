package io.papi.cache.redis;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.papi.cache.Lifetime;
import io.papi.cache.redis.Reply.Nothing;
import io.papi.cache.redis.Reply.Values;
import io.papi.cache.redis.clock.ClockWatch;
import io.papi.cache.redis.clock.RedisClock;
import io.papi.cache.redis.connection.ExchangeMeters;
import io.papi.cache.redis.connection.PrimaryCheck;
import io.papi.cache.redis.connection.RedisLink;
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
 * <p>What is large would make all others wait on these connections. So it goes over two of its own:
 * {@link #beside}.
 *
 * <p>Construction does not wait for Redis. If Redis cannot be reached that is no error: it is
 * by-passed until it is there. {@link #close} ends both connections and all threads.
 */
public final class Redis implements RedisRows, AutoCloseable {
  private final String name;
  private final RedisClock clock;
  private final Ticker ticker;
  private final MeterRegistry registry;
  private final RedisReads reads;
  private final RedisWrites writes;
  private final ValueReader values;

  public Redis(RedisSettings settings, Ticker ticker, MeterRegistry registry) {
    RedisClock clock = new RedisClock();
    ServerWatch server = new ServerWatch(ticker, registry);
    this(
        "redis",
        settings,
        clock,
        new ClockWatch(clock, ticker, registry)::look,
        (connection, _) -> server.look(connection),
        ticker,
        registry);
  }

  /**
   * @param name in metrics, in the log and of threads
   * @param check asks whether there is a server that can be written to
   * @param watch asks what else is to be known of the server
   */
  private Redis(
      String name,
      RedisSettings settings,
      RedisClock clock,
      RedisLink.Check check,
      RedisLink.Check watch,
      Ticker ticker,
      MeterRegistry registry) {
    this.name = name;
    this.clock = clock;
    this.ticker = ticker;
    this.registry = registry;
    ExchangeMeters meters = new ExchangeMeters(name, registry);
    this.reads = new RedisReads(name, settings, ticker, meters);
    this.writes = new RedisWrites(name, settings, clock, check, watch, ticker, meters, registry);
    this.values = new ValueReader(clock, registry, writes::discard);
    Gauge.builder("papi.breaker.state", this, redis -> redis.isReachable() ? 0 : 1)
        .description("0 closed: calls pass; 1 open: by-passed, or nothing can be written")
        .tag("name", name)
        .strongReference(true)
        .register(registry);
  }

  /**
   * Two more connections to the same server. They count by the clock of this one, which alone looks
   * at the server's clock and state; nothing is written over them before it has done so.
   *
   * @param purpose what they are for: their name is {@code redis/<purpose>}
   * @return to be closed before this one
   */
  public Redis beside(String purpose, RedisSettings settings) {
    return new Redis(
        name + "/" + purpose,
        settings,
        clock,
        PrimaryCheck::ofReads,
        (_, _) -> {},
        ticker,
        registry);
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
