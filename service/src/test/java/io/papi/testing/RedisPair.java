package io.papi.testing;

import io.papi.cache.redis.embedded.EmbeddedRedis;
import java.net.URI;
import java.util.Optional;
import redis.clients.jedis.Jedis;

/**
 * Two real Redis servers with one password: a primary, and a replica that follows it. Which is
 * which changes with {@link #failOver}, as an operator or a sentinel would do it: nobody's
 * connection is closed.
 */
public final class RedisPair implements AutoCloseable {
  private static final String PASSWORD = "pair";

  private final EmbeddedRedis one;
  private final EmbeddedRedis other;
  private boolean swapped;

  private RedisPair(EmbeddedRedis one, EmbeddedRedis other) {
    this.one = one;
    this.other = other;
    share(one);
    share(other);
    follow(replica(), primary());
  }

  /** Starts both; empty where Redis cannot be had. */
  public static Optional<RedisPair> start() {
    return EmbeddedRedis.start(16)
        .flatMap(one -> EmbeddedRedis.start(16).map(other -> new RedisPair(one, other)));
  }

  public URI primary() {
    return uri(swapped ? other : one);
  }

  public URI replica() {
    return uri(swapped ? one : other);
  }

  /** Has the replica take over once it has all, and the primary follow it. */
  public void failOver() {
    awaitSync();
    try (Jedis promoted = new Jedis(replica())) {
      promoted.replicaofNoOne();
    }
    follow(primary(), replica());
    swapped = !swapped;
  }

  /** Waits until the replica has all that the primary has. */
  public void awaitSync() {
    try (Jedis from = new Jedis(primary());
        Jedis to = new Jedis(replica())) {
      from.set("sign", Long.toString(System.nanoTime()));
      Await.until("the replica follows", () -> from.get("sign").equals(to.get("sign")));
      from.del("sign");
      Await.until("the replica follows", () -> to.get("sign") == null);
    }
  }

  @Override
  public void close() {
    one.close();
    other.close();
  }

  private static void share(EmbeddedRedis redis) {
    try (Jedis jedis = new Jedis(redis.uri())) {
      jedis.configSet("repl-diskless-sync-delay", "0");
      jedis.configSet("masterauth", PASSWORD);
      jedis.configSet("requirepass", PASSWORD);
    }
  }

  private static void follow(URI replica, URI primary) {
    try (Jedis jedis = new Jedis(replica)) {
      jedis.replicaof(primary.getHost(), primary.getPort());
    }
  }

  private static URI uri(EmbeddedRedis redis) {
    return URI.create("redis://:" + PASSWORD + "@127.0.0.1:" + redis.uri().getPort());
  }
}
