package io.papi.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/**
 * A real Redis that cannot write its snapshots, and for that refuses whatever writes, and {@code
 * PING}, with {@code MISCONF}, until this is closed.
 */
public final class FailingSnapshots implements AutoCloseable {
  private final URI redis;
  private final Path obstacle;

  private FailingSnapshots(URI redis, Path obstacle) {
    this.redis = redis;
    this.obstacle = obstacle;
  }

  public static FailingSnapshots begin(URI redis) {
    try (Jedis jedis = new Jedis(redis)) {
      Path directory = Path.of(jedis.configGet("dir").get("dir"));
      Path obstacle = directory.resolve(jedis.configGet("dbfilename").get("dbfilename"));
      Files.deleteIfExists(obstacle);
      Files.createDirectory(obstacle); // where the snapshot's file should be
      jedis.configSet("save", "3600 1000000");
      snapshot(jedis, "err");
      return new FailingSnapshots(redis, obstacle);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try (Jedis jedis = new Jedis(redis)) {
      Files.delete(obstacle);
      snapshot(jedis, "ok");
      jedis.configSet("save", "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void snapshot(Jedis jedis, String status) {
    Await.until(
        "the last snapshot is " + status,
        () -> {
          try {
            jedis.bgsave();
          } catch (JedisException e) {
            // one is under way
          }
          return jedis.info("persistence").contains("rdb_last_bgsave_status:" + status);
        });
  }
}
