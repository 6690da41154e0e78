package io.papi.testing;

import java.net.URI;
import redis.clients.jedis.Jedis;

/** The rows that a Redis holds, read past the service. */
public final class RedisRows {
  private RedisRows() {}

  /** Waits until Redis holds a customer. */
  public static void awaitCustomer(URI redis, int id) {
    try (Jedis jedis = new Jedis(redis)) {
      Await.until("it is written", () -> !jedis.keys("papi:customer:*:" + id).isEmpty());
    }
  }
}
