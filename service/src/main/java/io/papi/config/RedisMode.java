package io.papi.config;

import io.papi.cache.RedisSettings;

/** Where Redis is. */
public sealed interface RedisMode {

  /** A process of this service's own, with at most {@code memoryBytes} of values. */
  record Embedded(long memoryBytes) implements RedisMode {}

  /** Nowhere: the near cache stands before the store alone. */
  record Off() implements RedisMode {}

  /** A server. */
  record Server(String uri) implements RedisMode {

    @Override
    public String toString() {
      return "Server[" + RedisSettings.of(uri) + "]";
    }
  }
}
