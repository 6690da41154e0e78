package io.papi.loadtest.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.papi.lookup.Key;
import io.papi.lookup.Lookup;
import io.papi.lookup.Need;
import io.papi.lookup.Origin;
import io.papi.lookup.Origin.Layer;
import io.papi.lookup.Outcome;
import io.papi.lookup.Outcome.Found;
import io.papi.lookup.Outcome.Reason;
import io.papi.lookup.Outcome.Unavailable;
import io.papi.lookup.Row;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.RedisClient;

/**
 * Rows from Redis the usual way: each request takes a connection from a pool and sends an {@code
 * MGET} of its own. It reads what the service keeps, checksum and all. Thread-safe.
 *
 * <p>It leaves out what else the service does (deadline, breaker, counters, loading what is not
 * there), so a comparison errs in its favour.
 */
final class PooledLookup implements Lookup {
  // The form of a value, as ValueCodec has it: with another one the benchmark finds a wrong body.
  private static final int TAG_AT = 11;
  private static final int ROW_AT = 19;
  private static final int CHECKSUM = 4;

  private final RedisClient redis;
  private final String prefix;

  /**
   * @param redis takes a connection from its pool for each command
   * @param prefix what stands before the id in the name of a Redis key
   */
  PooledLookup(RedisClient redis, String prefix) {
    this.redis = redis;
    this.prefix = prefix;
  }

  @Override
  public Map<Key, Outcome> find(Set<Key> keys, Need need) {
    byte[][] names = new byte[keys.size()][];
    int at = 0;
    for (Key key : keys) {
      names[at++] = (prefix + key.text()).getBytes(UTF_8);
    }
    long began = System.nanoTime();
    List<byte[]> values = redis.mget(names);
    long now = System.nanoTime();
    Origin origin = Origin.of(Layer.REDIS, now - began);
    Map<Key, Outcome> outcomes = HashMap.newHashMap(names.length);
    at = 0;
    for (Key key : keys) {
      outcomes.put(key, outcome(names[at], values.get(at), now, origin));
      at++;
    }
    return outcomes;
  }

  private static Outcome outcome(byte[] name, byte @Nullable [] value, long now, Origin origin) {
    if (value == null) {
      return new Unavailable(Reason.STORE_FAILED);
    }
    ByteBuffer read = ByteBuffer.wrap(value);
    int end = value.length - CHECKSUM;
    CRC32C crc = new CRC32C();
    crc.update(name);
    crc.update(value, 0, end);
    if (read.getInt(end) != (int) crc.getValue()) {
      return new Unavailable(Reason.STORE_FAILED);
    }
    return new Found(
        Row.kept(Arrays.copyOfRange(value, ROW_AT, end), read.getLong(TAG_AT)), now, origin);
  }
}
