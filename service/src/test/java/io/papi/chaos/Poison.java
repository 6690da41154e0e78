package io.papi.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.SetParams;

/** Someone who changes what is in Redis, behind the service's back, until closed. Thread-safe. */
final class Poison implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Poison.class);
  private static final int VALUES_AT_A_TIME = 40;
  private static final long PAUSE_MILLIS = 20;

  private final URI redis;
  private final Random random;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Map<String, byte[]> earlier = new HashMap<>();
  private final Thread thread = Thread.ofVirtual().name("poison").unstarted(this::run);

  private Poison(URI redis, long seed) {
    this.redis = redis;
    this.random = new Random(seed);
  }

  static Poison begin(URI redis, long seed) {
    Poison poison = new Poison(redis, seed);
    poison.thread.start();
    return poison;
  }

  @Override
  public void close() {
    closing.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try (Jedis jedis = new Jedis(redis)) {
      while (!closing.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
        for (int i = 0; i < VALUES_AT_A_TIME; i++) {
          poisonOne(jedis);
        }
      }
    } catch (JedisException e) {
      LOG.warn("the poisoner lost Redis: {}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void poisonOne(Jedis jedis) {
    byte[] name = jedis.randomBinaryKey();
    byte[] value = name == null || isHash(name) ? null : jedis.get(name);
    if (value == null || value.length == 0) { // cut to nothing before
      return;
    }
    byte[] before = earlier.put(new String(name, UTF_8), value);
    switch (random.nextInt(5)) {
      case 0 -> {
        byte[] other = jedis.randomBinaryKey();
        byte[] otherValue = other == null || isHash(other) ? null : jedis.get(other);
        if (otherValue != null) {
          set(jedis, name, otherValue);
          set(jedis, other, value);
        }
      }
      case 1 -> set(jedis, name, Arrays.copyOf(value, random.nextInt(value.length)));
      case 2 -> {
        value[random.nextInt(value.length)] ^= (byte) (1 << random.nextInt(8));
        set(jedis, name, value);
      }
      case 3 -> set(jedis, name, "junk".getBytes(UTF_8));
      case 4 -> {
        if (before != null) {
          set(jedis, name, before);
        }
      }
      default -> throw new AssertionError("no such poison");
    }
  }

  /** Whether it is no value of ours: the clock has some. */
  private static boolean isHash(byte[] name) {
    return new String(name, UTF_8).startsWith("papi:clock:");
  }

  private static void set(Jedis jedis, byte[] name, byte[] value) {
    jedis.set(name, value, SetParams.setParams().px(60_000));
  }
}
