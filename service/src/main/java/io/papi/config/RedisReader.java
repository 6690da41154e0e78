package io.papi.config;

import io.papi.cache.redis.connection.RedisSettings;
import java.time.Duration;
import java.util.List;

/** Reads where Redis is and how it is used. */
final class RedisReader {
  private static final long MEBIBYTE = 1 << 20;

  /** Where the Redis container of the same service instance is. */
  private static final String SIDECAR = "redis://localhost:6379";

  private static final Key<String> REDIS = Key.secret("redis", Type.text());
  private static final Key<Duration> TIMEOUT =
      Key.of("redis-timeout", Type.duration(Duration.ofMillis(1), Duration.ofSeconds(10)));
  private static final Key<Integer> WRITE_BACK =
      Key.of("redis-write-back", Type.whole(1, 1_000_000));
  private static final Key<Long> EMBEDDED_MEMORY =
      Key.of("redis-embedded-memory", Type.bytes(MEBIBYTE));

  static final List<Key<?>> KEYS = List.of(REDIS, TIMEOUT, WRITE_BACK, EMBEDDED_MEMORY);

  private RedisReader() {}

  static RedisMode read(Section root, StoreMode store) {
    Duration timeout = root.get(TIMEOUT);
    int writeBack = root.get(WRITE_BACK);
    int megabytes = Math.toIntExact(root.get(EMBEDDED_MEMORY) / MEBIBYTE);
    String configured = root.get(REDIS);
    String redis = configured.equals("auto") ? beside(store) : configured;
    return switch (redis) {
      case "embedded" -> new RedisMode.Embedded(megabytes, timeout, writeBack);
      case "off" -> new RedisMode.Off();
      default -> new RedisMode.Server(server(redis, timeout, writeBack));
    };
  }

  private static String beside(StoreMode store) {
    return switch (store) {
      case StoreMode.Embedded _ -> "embedded";
      case StoreMode.Snowflake _ -> SIDECAR;
    };
  }

  private static RedisSettings server(String uri, Duration timeout, int writeBack) {
    try {
      return RedisSettings.of(uri, timeout, writeBack);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(
          "redis is not embedded, off, redis://… or rediss://…: " + e.getMessage());
    }
  }
}
