package io.papi.config;

import io.papi.cache.redis.connection.RedisSettings;
import io.papi.config.tree.Key;
import io.papi.config.tree.Section;
import io.papi.config.tree.Type;
import io.papi.secret.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads where Redis is and how it is used. */
final class RedisReader {
  private static final long MEBIBYTE = 1 << 20;
  private static final int MIN_SECRET = 32;
  private static final long MAX_MEMORY = 1L << 40;

  /** Where the Redis container of the same service instance is. */
  private static final String SIDECAR = "redis://localhost:6379";

  private static final Key<String> REDIS = Key.secret("redis", Type.secret());
  private static final Key<Duration> TIMEOUT =
      Key.of("redis-timeout", Type.duration(Duration.ofMillis(1), Duration.ofSeconds(10)));
  private static final Key<Integer> WRITE_BACK =
      Key.of("redis-write-back", Type.whole(1, 1_000_000));
  private static final Key<String> NAMES_SECRET = Key.secret("redis-names-secret", Type.secret());
  private static final Key<Long> EMBEDDED_MEMORY =
      Key.of("redis-embedded-memory", Type.bytes(MEBIBYTE, MAX_MEMORY));

  static final List<Key<?>> KEYS =
      List.of(REDIS, TIMEOUT, WRITE_BACK, NAMES_SECRET, EMBEDDED_MEMORY);

  private RedisReader() {}

  /**
   * @param store tells which Redis is beside it
   */
  static RedisMode read(Section root, StoreReader store) {
    Duration timeout = root.get(TIMEOUT);
    int writeBack = root.get(WRITE_BACK);
    int megabytes = Math.toIntExact(root.get(EMBEDDED_MEMORY) / MEBIBYTE);
    String configured = root.get(REDIS).strip();
    String redis = configured.equals("auto") ? beside(store) : configured;
    return switch (redis) {
      case "embedded" -> new RedisMode.Embedded(megabytes, timeout, writeBack);
      case "off" -> new RedisMode.Off();
      default -> new RedisMode.Server(server(root, redis, timeout, writeBack));
    };
  }

  /** What hides the values of alternate keys in the names of Redis. */
  static Optional<Secret> namesSecret(Section root) {
    Optional<String> secret = root.find(NAMES_SECRET);
    if (secret.filter(text -> text.length() < MIN_SECRET).isPresent()) {
      throw root.refusal(
          NAMES_SECRET, " is shorter than " + MIN_SECRET + " characters: it could be guessed");
    }
    return secret.map(Secret::new);
  }

  private static String beside(StoreReader store) {
    return store.isSnowflake() ? SIDECAR : "embedded";
  }

  private static RedisSettings server(Section root, String uri, Duration timeout, int writeBack) {
    try {
      return RedisSettings.of(uri, timeout, writeBack);
    } catch (IllegalArgumentException e) {
      throw root.refusal(
          REDIS, " is not embedded, off, redis://… or rediss://…: " + e.getMessage());
    }
  }
}
