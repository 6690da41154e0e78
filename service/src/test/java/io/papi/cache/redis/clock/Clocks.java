package io.papi.cache.redis.clock;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.papi.cache.redis.connection.FakeRedis;
import io.papi.cache.redis.connection.RedisFailure;
import io.papi.cache.redis.connection.TestConnection;
import io.papi.lookup.Ticker;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;

/**
 * One Redis and any number of processes that look at its clock, in a world whose time moves when a
 * test says so. Each machine's ticker begins somewhere else.
 */
final class Clocks implements AutoCloseable {
  static final long TIMEOUT_NANOS = Duration.ofSeconds(20).toNanos();

  private final FakeRedis redis = new FakeRedis();
  private final Random random;
  private long worldMicros = 50_000_000_000_000L;
  private long aheadMicros = 1_700_000_000_000_000L;

  Clocks(long seed) throws IOException {
    this.random = new Random(seed);
    redis.micros = this::redisMicros;
  }

  FakeRedis redis() {
    return redis;
  }

  synchronized long worldMicros() {
    return worldMicros;
  }

  private synchronized long redisMicros() {
    return worldMicros + aheadMicros;
  }

  synchronized void pass(Duration time) {
    worldMicros += time.toNanos() / 1000;
  }

  /** Redis's clock jumps, and the world does not notice. */
  synchronized void jump(Duration by) {
    aheadMicros += by.toNanos() / 1000;
  }

  /** A process that has not looked yet. */
  Instance start(int machine) {
    return new Instance(machine, Optional.of("machine " + machine));
  }

  Instance startOnUnknownMachine(int machine) {
    return new Instance(machine, Optional.empty());
  }

  @Override
  public void close() throws IOException {
    redis.close();
  }

  /** One process. */
  final class Instance implements AutoCloseable {
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final RedisClock clock = new RedisClock();
    final Ticker ticker;
    private final ClockWatch watch;
    private final TestConnection connection;

    private Instance(int machine, Optional<String> name) {
      this.ticker = () -> (worldMicros() - machine * 7_777_777_777L) * 1000;
      this.watch = new ClockWatch(clock, ticker, registry, name, random::nextLong);
      this.connection = TestConnection.open(redis.uri());
    }

    Instance look() {
      try {
        watch.look(connection.get(), TIMEOUT_NANOS);
        return this;
      } catch (RedisFailure e) {
        throw new IllegalStateException(e);
      }
    }

    boolean hasLooked() {
      return clock.timeline().id() != 0;
    }

    /** The stamp of what it reads from the store at this moment. */
    Stamp stamp() {
      return clock.timeline().stamp(ticker.nanos());
    }

    /** Whether it may take what was stamped so for fresh. */
    boolean counts(Stamp stamp) {
      return stamp.clock() == clock.timeline().mark();
    }

    /** The age of what was stamped so, milliseconds, by the timeline that it counts by. */
    long ageMillis(Stamp stamp) {
      long now = ticker.nanos();
      return (now - clock.timeline().readAt(stamp.micros(), now)) / 1_000_000;
    }

    /** The age that it guesses where another timeline stamped it. */
    long guessedMillis(Stamp stamp) {
      long now = ticker.nanos();
      return (now - clock.guessReadAt(stamp, now)) / 1_000_000;
    }

    double jumps() {
      return registry.get("papi.redis.clock.jumps").counter().count();
    }

    @Override
    public void close() {
      connection.close();
    }
  }
}
