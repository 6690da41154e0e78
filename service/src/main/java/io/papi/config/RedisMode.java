package io.papi.config;

import io.papi.cache.redis.connection.RedisSettings;
import java.time.Duration;

/** Where Redis is. */
public sealed interface RedisMode {

  /** The most values that wait to be written to it. */
  int writeBackBound();

  /** A process of this service's own, with at most so many megabytes of values. */
  record Embedded(int megabytes, Duration timeout, int writeBackBound) implements RedisMode {}

  /** Nowhere: the near cache stands before the store alone. */
  record Off() implements RedisMode {

    @Override
    public int writeBackBound() {
      return 0;
    }
  }

  /** A server that others run. */
  record Server(RedisSettings settings) implements RedisMode {

    @Override
    public int writeBackBound() {
      return settings.writeBackBound();
    }
  }
}
