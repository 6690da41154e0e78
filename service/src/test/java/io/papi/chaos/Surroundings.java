package io.papi.chaos;

import io.papi.cache.redis.embedded.EmbeddedRedis;
import io.papi.store.embedded.EmbeddedStore;
import io.papi.testing.Customers;
import io.papi.testing.FaketimeRedis;
import io.papi.testing.RedisPair;
import io.papi.testing.ServiceProcess;
import io.papi.testing.SnowflakeStandIn;
import io.papi.testing.TestClient;
import io.papi.testing.proxy.FaultProxy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import redis.clients.jedis.Jedis;

/**
 * The packaged service as a process of its own, with a stand-in for Snowflake and a real Redis,
 * each behind a proxy.
 */
final class Surroundings implements AutoCloseable {
  static final int ROWS = 2_000;

  private static final int REDIS_MEGABYTES = 16;
  private static final Path CONFIGURATION =
      Path.of("src/test/resources/io/papi/chaos/papi.conf").toAbsolutePath();

  private final EmbeddedStore database = Customers.load(ROWS);
  private final MovingAddresses members;
  private final SnowflakeStandIn snowflake = SnowflakeStandIn.start(database.dataSource());
  private final FaultProxy toSnowflake = FaultProxy.to(snowflake.port());
  private final FaketimeRedis redis;
  private final EmbeddedRedis standby;
  private final RedisPair pair;
  private final FaultProxy toRedis;
  private final ServiceProcess service;
  private final TestClient client;

  /**
   * @param directory for the service's log
   * @param seed decides how addresses move
   */
  Surroundings(Freshness freshness, Path directory, long seed) {
    this.members = new MovingAddresses(database.dataSource(), seed);
    this.redis =
        FaketimeRedis.start(directory, REDIS_MEGABYTES)
            .orElseThrow(
                () -> new IllegalStateException("no Redis runs here, or libfaketime is missing"));
    this.standby = EmbeddedRedis.start(REDIS_MEGABYTES).orElseThrow();
    try (Jedis jedis = new Jedis(standby.uri())) {
      jedis.configSet("requirepass", "");
    }
    this.pair =
        RedisPair.of(redis.uri(), URI.create("redis://127.0.0.1:" + standby.uri().getPort()));
    this.toRedis = FaultProxy.to(redis.uri().getPort());
    this.service = ServiceProcess.start(directory, environment(freshness));
    Runtime.getRuntime().addShutdownHook(new Thread(service.process()::destroyForcibly));
    Runtime.getRuntime().addShutdownHook(new Thread(redis::close));
    this.client = service.awaitServing().client();
  }

  DataSource database() {
    return database.dataSource();
  }

  MovingAddresses members() {
    return members;
  }

  SnowflakeStandIn snowflake() {
    return snowflake;
  }

  /** Lets go of what the stand-in remembers of statements, which is much. */
  void forgetStatements() {
    snowflake.statements().clear();
    snowflake.bindings().clear();
  }

  FaultProxy toSnowflake() {
    return toSnowflake;
  }

  FaultProxy toRedis() {
    return toRedis;
  }

  /** Redis itself, past the proxy. */
  FaketimeRedis redis() {
    return redis;
  }

  /**
   * Has the other of two servers take over, and the address lead there. Nobody's connection to the
   * demoted one is closed.
   */
  void failOver() {
    pair.failOver();
    toRedis.leadTo(pair.primary().getPort());
  }

  long servicePid() {
    return service.process().pid();
  }

  boolean isServing() {
    return service.process().isAlive();
  }

  TestClient client() {
    return client;
  }

  @Override
  public void close() {
    service.close();
    toRedis.close();
    standby.close();
    redis.close();
    toSnowflake.close();
    snowflake.close();
    database.close();
  }

  private Map<String, String> environment(Freshness freshness) {
    Map<String, String> environment = new HashMap<>(snowflake.environment());
    environment.put("PAPI_CONFIG", CONFIGURATION.toString());
    environment.put("SNOWFLAKE_PORT", String.valueOf(toSnowflake.port()));
    environment.put(
        "PAPI_REDIS", redis.uri().toString().replaceFirst("[0-9]+$", "" + toRedis.port()));
    // Not enough for all rows: many answers must come from Redis.
    environment.put("PAPI_NEAR_MEMORY", "1 MiB");
    environment.put("PAPI_FRESH_FOR", milliseconds(freshness.fresh()));
    environment.put("PAPI_STALE_FOR", milliseconds(freshness.stale()));
    environment.put("PAPI_NEGATIVE_FOR", milliseconds(freshness.negative()));
    // Few enough to be used up, many more than the callers need.
    environment.put("PAPI_MAX_CONNECTIONS", "500");
    // Room for a machine that does other things: a failure without a fault ends the run as failed.
    environment.put("PAPI_DEADLINE", "2s");
    // A statement that hangs fails after twice this, so that a hanging store opens the breaker.
    environment.put("PAPI_STORE_SILENCE", "500ms");
    environment.put("PAPI_STORE_BREAKER_WAIT", "100ms");
    return environment;
  }

  private static String milliseconds(Duration time) {
    return time.toMillis() + "ms";
  }
}
