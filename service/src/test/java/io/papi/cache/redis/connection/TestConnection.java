package io.papi.cache.redis.connection;

import io.papi.lookup.Ticker;
import java.net.URI;

/** A connection for tests of what is said over one. */
public final class TestConnection implements AutoCloseable {
  private final Watchdog watchdog = new Watchdog("test", Ticker.system());
  private final RedisConnection connection;

  private TestConnection(String uri) {
    try {
      connection = RedisConnection.open(RedisUri.of(URI.create(uri)), 0, watchdog);
    } catch (RedisFailure e) {
      throw new IllegalStateException(e);
    }
  }

  public static TestConnection open(String uri) {
    return new TestConnection(uri);
  }

  public RedisConnection get() {
    return connection;
  }

  @Override
  public void close() {
    connection.close();
    watchdog.close();
  }
}
