package io.papi.cache.redis.connection;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How long exchanges with Redis take, and how they end, for all that share its connections.
 * Thread-safe.
 */
public final class ExchangeMeters {

  /** What an exchange was for. */
  public enum Operation {
    READ,
    WRITE,
    PING
  }

  /** How an exchange ended. */
  public enum Result {
    OK,
    FAILED,
    TIMEOUT;

    public static Result of(RedisFailure failure) {
      return failure.kind() == RedisFailure.Kind.TIMEOUT ? TIMEOUT : FAILED;
    }
  }

  private final Map<Operation, Map<Result, Timer>> exchanges = new EnumMap<>(Operation.class);

  /**
   * @param name of the connections
   */
  public ExchangeMeters(String name, MeterRegistry registry) {
    for (Operation operation : Operation.values()) {
      Map<Result, Timer> timers = new EnumMap<>(Result.class);
      for (Result result : Result.values()) {
        timers.put(result, timer(registry, name, operation, result));
      }
      exchanges.put(operation, timers);
    }
  }

  public void exchanged(Operation operation, Result result, long nanos) {
    Map<Result, Timer> timers = exchanges.get(operation);
    Timer timer = timers == null ? null : timers.get(result);
    if (timer != null) {
      timer.record(nanos, TimeUnit.NANOSECONDS);
    }
  }

  private static Timer timer(
      MeterRegistry registry, String name, Operation operation, Result result) {
    return Timer.builder("papi.redis")
        .description("one exchange with Redis")
        .tag("name", name)
        .tag("op", lower(operation))
        .tag("outcome", lower(result))
        .register(registry);
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
