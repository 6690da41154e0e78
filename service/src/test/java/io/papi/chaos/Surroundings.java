package io.papi.chaos;

import io.papi.cache.embedded.EmbeddedRedis;
import io.papi.store.embedded.EmbeddedStore;
import io.papi.testing.Await;
import io.papi.testing.SnowflakeStandIn;
import io.papi.testing.TestClient;
import io.papi.testing.proxy.FaultProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/**
 * The packaged service as a process of its own, with a stand-in for Snowflake and a real Redis,
 * each behind a proxy.
 */
final class Surroundings implements AutoCloseable {
  static final int ROWS = 2_000;

  private static final Path TARGET = Path.of("target");
  private static final Pattern SERVING =
      Pattern.compile("serving on port (\\d+), health and metrics on port (\\d+)");
  private static final int REDIS_MEGABYTES = 16;

  private final EmbeddedStore database = EmbeddedStore.load(ROWS);
  private final SnowflakeStandIn snowflake = SnowflakeStandIn.start(database.dataSource());
  private final FaultProxy toSnowflake = FaultProxy.to(snowflake.port());
  private final EmbeddedRedis redis =
      EmbeddedRedis.start(REDIS_MEGABYTES)
          .orElseThrow(() -> new IllegalStateException("no Redis runs on this machine"));
  private final FaultProxy toRedis = FaultProxy.to(redis.uri().getPort());
  private final Process service;
  private final TestClient client;

  /**
   * @param log where the service writes its log
   */
  Surroundings(Freshness freshness, Path log) throws IOException {
    this.service = start(freshness, log);
    Await.until("the service serves", () -> SERVING.matcher(text(log)).find());
    Matcher ports = SERVING.matcher(text(log));
    if (!ports.find()) {
      throw new IllegalStateException("the service does not say its ports");
    }
    this.client =
        new TestClient(Integer.parseInt(ports.group(1)), Integer.parseInt(ports.group(2)));
  }

  DataSource database() {
    return database.dataSource();
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

  /** Where Redis is, past the proxy. */
  URI redisUri() {
    return redis.uri();
  }

  long redisPid() {
    return redis.pid();
  }

  long servicePid() {
    return service.pid();
  }

  boolean isServing() {
    return service.isAlive();
  }

  TestClient client() {
    return client;
  }

  @Override
  public void close() {
    service.destroy();
    Await.until("the service ends", () -> !service.isAlive());
    toRedis.close();
    redis.close();
    toSnowflake.close();
    snowflake.close();
    database.close();
  }

  private Process start(Freshness freshness, Path log) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "@" + TARGET.resolve("papi.jvm"),
            "-jar",
            TARGET.resolve("papi.jar").toString());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.matches("(PAPI|SNOWFLAKE)_.*"));
    environment.putAll(snowflake.environment());
    environment.put("SNOWFLAKE_PORT", String.valueOf(toSnowflake.port()));
    environment.put("PAPI_PORT", "0");
    environment.put("PAPI_ADMIN_PORT", "0");
    environment.put(
        "PAPI_REDIS", redis.uri().toString().replaceFirst("[0-9]+$", "" + toRedis.port()));
    // Not enough for all rows: many answers must come from Redis.
    environment.put("PAPI_NEAR_MEMORY", "1 MiB");
    environment.put("PAPI_FRESH_FOR", milliseconds(freshness.fresh()));
    environment.put("PAPI_STALE_FOR", milliseconds(freshness.stale()));
    environment.put("PAPI_NEGATIVE_FOR", milliseconds(freshness.negative()));
    // A statement that hangs fails after twice this, so that a hanging store opens the breaker.
    environment.put("PAPI_STORE_SILENCE", "500ms");
    environment.put("PAPI_STORE_BREAKER_WAIT", "100ms");
    Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    return process;
  }

  private static String milliseconds(Duration time) {
    return time.toMillis() + "ms";
  }

  private static String text(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
