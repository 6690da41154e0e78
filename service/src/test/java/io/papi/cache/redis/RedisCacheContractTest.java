package io.papi.cache.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.papi.cache.Lifetime;
import io.papi.cache.RowCache;
import io.papi.cache.RowCacheContract;
import io.papi.cache.redis.connection.FakeRedis;
import io.papi.cache.redis.connection.RedisSettings;
import io.papi.dataset.Dataset;
import io.papi.dataset.Freshness;
import io.papi.dataset.KeyType;
import io.papi.dataset.StoreIdentity;
import io.papi.lookup.Key;
import io.papi.lookup.Outcome.Known;
import io.papi.testing.Await;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** Redis as a cache like any other: a peer whose clock goes with this process's. */
@Timeout(60)
final class RedisCacheContractTest extends RowCacheContract {
  private static final long REDIS_MICROS = 1_700_000_000_000_000L;
  private static final StoreIdentity STORE = new StoreIdentity(List.of("test"));

  private static final Dataset CUSTOMER =
      new Dataset(
          "customer",
          "CUSTOMER",
          "ID",
          new KeyType.Whole(38),
          List.of("ID", "NAME"),
          false,
          1,
          new Freshness(
              FRESH, Duration.ofHours(1), Duration.ofMillis(150), Duration.ofSeconds(30), 0));

  private final FakeRedis peer = peer();
  private final Redis redis =
      new Redis(
          new RedisSettings(URI.create(peer.uri()), Duration.ofSeconds(10), 512, 1_000),
          ticker,
          new SimpleMeterRegistry());
  private final RedisCache cache =
      new RedisCache(CUSTOMER, STORE, new Lifetime(CUSTOMER.freshness(), 7), redis, ticker);
  private int marks;

  /** Time moves only once both connections are open. */
  RedisCacheContractTest() throws IOException {
    Await.until("Redis is asked", redis::isReachable);
    settle();
  }

  @AfterEach
  void close() throws IOException {
    redis.close();
    peer.close();
  }

  @Override
  protected RowCache shelf() {
    return cache;
  }

  /** Writes go out in the order in which they came: what is written last shows that all are. */
  @Override
  protected final void settle() {
    Key mark = new Key("mark " + marks++);
    cache.keep(Map.of(mark, found("mark")));
    Await.until("all is written", () -> peer.values.containsKey(name(mark)));
  }

  /** Both wait in the queue while another write is under way. */
  @Override
  protected void keepInOrder(Key key, Known first, Known second) {
    CountDownLatch go = new CountDownLatch(1);
    AtomicBoolean underWay = new AtomicBoolean();
    peer.onWrite =
        (command, output) -> {
          underWay.set(true);
          go.await();
          peer.honestly(command, output);
        };
    cache.keep(Map.of(new Key("before"), found("before")));
    Await.until("a write is under way", underWay::get);
    super.keepInOrder(key, first, second);
    peer.onWrite = peer::honestly;
    go.countDown();
  }

  private FakeRedis peer() throws IOException {
    FakeRedis peer = new FakeRedis();
    peer.micros = () -> REDIS_MICROS + ticker.nanos() / 1000;
    return peer;
  }

  private static String name(Key key) {
    return new String(new RedisNames(CUSTOMER, STORE).of(key), UTF_8);
  }
}
