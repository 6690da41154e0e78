package io.papi.testing;

import io.papi.cache.redis.embedded.EmbeddedRedis;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import redis.clients.jedis.Jedis;

/**
 * Two real Redis servers: a primary, and a replica that follows it. Which is which changes with
 * {@link #failOver}, as an operator or a sentinel would do it: nobody's connection is closed.
 */
public final class RedisPair implements AutoCloseable {
  private static final String PASSWORD = "pair";

  private final List<EmbeddedRedis> owned;
  private URI primary;
  private URI replica;

  private RedisPair(URI primary, URI replica, List<EmbeddedRedis> owned) {
    this.primary = primary;
    this.replica = replica;
    this.owned = owned;
    follow(replica, primary);
  }

  /** Of two servers that are there, with the same password or none. */
  public static RedisPair of(URI primary, URI replica) {
    return new RedisPair(primary, replica, List.of());
  }

  /** Starts both, with one password; empty where Redis cannot be had. */
  public static Optional<RedisPair> start() {
    return EmbeddedRedis.start(16)
        .flatMap(
            one ->
                EmbeddedRedis.start(16)
                    .map(other -> new RedisPair(share(one), share(other), List.of(one, other))));
  }

  public URI primary() {
    return primary;
  }

  public URI replica() {
    return replica;
  }

  /** Has the replica take over once it has all, and the primary follow it. */
  public void failOver() {
    awaitSync();
    try (Jedis promoted = new Jedis(replica)) {
      promoted.replicaofNoOne();
    }
    URI demoted = primary;
    primary = replica;
    replica = demoted;
    follow(replica, primary);
  }

  /** Ends what it has started. */
  @Override
  public void close() {
    owned.forEach(EmbeddedRedis::close);
  }

  /** Waits until the replica has all that the primary has. */
  private void awaitSync() {
    try (Jedis from = new Jedis(primary);
        Jedis to = new Jedis(replica)) {
      from.set("sign", Long.toString(System.nanoTime()));
      Await.until("the replica follows", () -> from.get("sign").equals(to.get("sign")));
      from.del("sign");
      Await.until("the replica follows", () -> to.get("sign") == null);
    }
  }

  private static URI share(EmbeddedRedis redis) {
    try (Jedis jedis = new Jedis(redis.uri())) {
      jedis.configSet("masterauth", PASSWORD);
      jedis.configSet("requirepass", PASSWORD);
    }
    return URI.create("redis://:" + PASSWORD + "@127.0.0.1:" + redis.uri().getPort());
  }

  private static void follow(URI replica, URI primary) {
    try (Jedis jedis = new Jedis(replica)) {
      jedis.configSet("repl-diskless-sync-delay", "0");
      jedis.replicaof(primary.getHost(), primary.getPort());
    }
  }
}
