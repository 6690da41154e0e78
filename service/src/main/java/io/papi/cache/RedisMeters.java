package io.papi.cache;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.papi.cache.Decoded.Garbage;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What is measured of Redis, of all datasets together. Thread-safe. */
final class RedisMeters {

  /** What an exchange was for. */
  enum Operation {
    READ,
    WRITE,
    PING
  }

  /** How an exchange ended. */
  enum Result {
    OK,
    FAILED,
    TIMEOUT
  }

  private final Map<Operation, Map<Result, Timer>> exchanges = new EnumMap<>(Operation.class);
  private final Map<Garbage, Counter> garbage = new EnumMap<>(Garbage.class);
  private final Counter future;
  private final Counter otherClock;
  private final Counter jumps;
  private final Counter dropped;

  RedisMeters(MeterRegistry registry) {
    for (Operation operation : Operation.values()) {
      Map<Result, Timer> timers = new EnumMap<>(Result.class);
      for (Result result : Result.values()) {
        timers.put(result, timer(registry, operation, result));
      }
      exchanges.put(operation, timers);
    }
    for (Garbage reason : Garbage.values()) {
      garbage.put(reason, discarded(registry, lower(reason)));
    }
    future = discarded(registry, "future");
    otherClock = discarded(registry, "clock");
    jumps =
        Counter.builder("papi.redis.clock.jumps")
            .description("times that Redis's clock disagreed with the time that had passed here")
            .register(registry);
    dropped =
        Counter.builder("papi.writeback.dropped")
            .description("values that were given up before they were written to Redis")
            .register(registry);
  }

  void exchanged(Operation operation, Result result, long nanos) {
    Map<Result, Timer> timers = exchanges.get(operation);
    Timer timer = timers == null ? null : timers.get(result);
    if (timer != null) {
      timer.record(nanos, TimeUnit.NANOSECONDS);
    }
  }

  void discarded(Garbage reason) {
    Counter counter = garbage.get(reason);
    if (counter != null) {
      counter.increment();
    }
  }

  void discardedFuture() {
    future.increment();
  }

  /** A value that is not fresh since another timeline stamped it; a row may still stand in. */
  void discardedOtherClock() {
    otherClock.increment();
  }

  void clockJumped() {
    jumps.increment();
  }

  void dropped(int values) {
    dropped.increment(values);
  }

  private static Timer timer(MeterRegistry registry, Operation operation, Result result) {
    return Timer.builder("papi.redis")
        .description("one exchange with Redis")
        .tag("op", lower(operation))
        .tag("outcome", lower(result))
        .register(registry);
  }

  private static Counter discarded(MeterRegistry registry, String reason) {
    return Counter.builder("papi.cache.discarded")
        .description("values in Redis that must not be used")
        .tag("reason", reason)
        .register(registry);
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
