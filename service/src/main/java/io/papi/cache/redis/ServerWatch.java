package io.papi.cache.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.papi.cache.redis.ServerState.Role;
import io.papi.cache.redis.connection.RedisConnection;
import io.papi.cache.redis.connection.RedisFailure;
import io.papi.lookup.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

/**
 * The metrics of the Redis server: its memory, what it evicts, its role. One thread looks, any may
 * read the metrics.
 *
 * <p>It asks with {@code INFO}, every few seconds, over a connection that no caller waits for. A
 * server that refuses, or breaks off, costs these metrics alone: it is asked ever more seldom, and
 * they are NaN.
 */
final class ServerWatch {
  private static final Logger LOG = LoggerFactory.getLogger(ServerWatch.class);

  private static final Duration PERIOD = Duration.ofSeconds(5);
  private static final Duration MAX_PERIOD = Duration.ofMinutes(10);

  /**
   * Longer than {@code redis-timeout}: nobody waits for it, and to give up costs the connection.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /** What was said longer ago is not known any more. */
  private static final Duration KNOWN_FOR = PERIOD.multipliedBy(3);

  /** Redis 5 and 6 tell one section at a time. */
  private static final List<CommandArguments> SECTIONS =
      Stream.of("memory", "stats", "replication")
          .map(section -> RedisConnection.call(Command.INFO, section.getBytes(US_ASCII)))
          .toList();

  private final Ticker ticker;
  private volatile Said said;

  /** Of the looking thread. */
  private Duration period = PERIOD;

  /** A reading of the ticker. Of the looking thread. */
  private long dueAt;

  private record Said(ServerState state, long at) {}

  ServerWatch(Ticker ticker, MeterRegistry meters) {
    this.ticker = ticker;
    this.dueAt = ticker.nanos();
    this.said = new Said(ServerState.UNKNOWN, ticker.nanos());
    gauge(meters, "used", "What Redis uses", ServerState::usedBytes);
    gauge(meters, "max", "What Redis may use; 0 is no limit", ServerState::maxBytes);
    FunctionCounter.builder("papi.redis.evicted", this, watch -> watch.state().evicted())
        .description("Values that Redis evicted for room since it started")
        .register(meters);
    for (Role role : Role.values()) {
      Gauge.builder("papi.redis.role", () -> state().role() == role ? 1 : 0)
          .description("1 for the role that Redis has")
          .tag("role", role.name().toLowerCase(Locale.ROOT))
          .strongReference(true)
          .register(meters);
    }
  }

  /**
   * Asks, if it is time to.
   *
   * @throws RedisFailure if the connection is of no use any more
   */
  void look(RedisConnection connection) throws RedisFailure {
    if (ticker.nanos() - dueAt < 0) {
      return;
    }
    boolean told = false;
    try {
      List<Object> sections = connection.pipeline(SECTIONS, PATIENCE.toNanos());
      told = !ServerState.isRefused(sections);
      said = new Said(ServerState.of(sections), ticker.nanos());
    } finally {
      next(told);
    }
  }

  private void next(boolean told) {
    if (!told && period.equals(PERIOD)) {
      LOG.warn("Redis does not tell its memory and role (INFO): it has no metrics of these");
    }
    Duration twice = period.multipliedBy(2);
    period = told ? PERIOD : twice.compareTo(MAX_PERIOD) < 0 ? twice : MAX_PERIOD;
    dueAt = ticker.nanos() + period.toNanos();
  }

  private ServerState state() {
    Said last = said;
    return ticker.nanos() - last.at() < KNOWN_FOR.toNanos() ? last.state() : ServerState.UNKNOWN;
  }

  private void gauge(
      MeterRegistry meters, String name, String description, ToDoubleFunction<ServerState> value) {
    Gauge.builder("papi.redis.memory." + name, this, watch -> value.applyAsDouble(watch.state()))
        .description(description)
        .baseUnit("bytes")
        .strongReference(true)
        .register(meters);
  }
}
