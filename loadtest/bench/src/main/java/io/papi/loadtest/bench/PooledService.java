package io.papi.loadtest.bench;

import io.papi.config.Configuration;
import io.papi.http.HttpServer;
import io.papi.http.Served;
import io.papi.http.dataset.ServedDataset;
import io.papi.http.exchange.Health;
import io.papi.lookup.Ticker;
import io.papi.metrics.Metrics;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.RedisClient;

/** The service's HTTP side over a {@link PooledLookup}. */
public final class PooledService {
  /** As many as the benchmark has callers, so that none waits for a connection. */
  private static final int CONNECTIONS = 64;

  private PooledService() {}

  /**
   * Serves until it is ended; configured by the service's own variables.
   *
   * @param args the port of Redis, and what stands before the id in the name of a Redis key
   */
  public static void main(String[] args) {
    Configuration configuration = Configuration.read(System.getenv());
    ConnectionPoolConfig settings = new ConnectionPoolConfig();
    settings.setMaxTotal(CONNECTIONS);
    settings.setMaxIdle(CONNECTIONS);
    RedisClient redis =
        RedisClient.builder()
            .hostAndPort("127.0.0.1", Integer.parseInt(args[0]))
            .poolConfig(settings)
            .build();
    Ticker ticker = Ticker.system();
    Metrics metrics = new Metrics("benchmark", ticker);
    Health health = new Health(Map.of());
    HttpServer.start(
        configuration.http(),
        new Served(
            List.of(
                new ServedDataset(
                    configuration.datasets().getFirst(),
                    new PooledLookup(redis, args[1]),
                    (_, _) -> false)),
            List.of(),
            List.of()),
        health,
        metrics.registry(),
        metrics::scrape,
        ticker);
    health.moveTo(Health.Stage.READY);
  }
}
