package io.papi.config;

import io.papi.cache.RedisSettings;
import java.time.Duration;

/** Where Redis is. */
public sealed interface RedisMode {

  /** A process of this service's own, with at most so many megabytes of values. */
  record Embedded(int megabytes, Duration timeout, int writeBackBound) implements RedisMode {}

  /** Nowhere: the near cache stands before the store alone. */
  record Off() implements RedisMode {}

  /** A server that others run. */
  record Server(RedisSettings settings) implements RedisMode {}
}
