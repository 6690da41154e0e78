package io.papi.service.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.papi.cache.redis.embedded.EmbeddedRedis;
import io.papi.testing.Await;
import io.papi.testing.RedisRows;
import io.papi.testing.TestClient;
import io.papi.testing.TestService;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.Jedis;

/** What the metrics say of a real Redis. */
@Timeout(120)
class RedisMetricsIT {
  private static final int MEGABYTES = 8;
  private static final int ROWS = 20_000;
  private static final int BATCH = 100;

  private final EmbeddedRedis redis =
      EmbeddedRedis.start(MEGABYTES).orElseGet(() -> abort("no embedded Redis here"));
  private final Jedis jedis = new Jedis(redis.uri());

  @AfterEach
  void stop() {
    jedis.close();
    redis.close();
  }

  @Test
  void metrics_redisEvicts_sayItsMemoryAndWhatItEvicts() {
    jedis.configSet("maxmemory-policy", "allkeys-lru");
    try (TestService service = serve(redis.uri().toString())) {
      TestClient client = service.client();
      Await.until("its limit is known", () -> client.metric("papi_redis_memory_max_bytes") > 0);
      assertThat(client.metric("papi_redis_memory_max_bytes")).isEqualTo(MEGABYTES << 20);
      assertThat(client.metric("papi_redis_evicted_total")).isZero();
      assertThat(client.metric("papi_redis_role", "role=\"primary\"")).isEqualTo(1);

      for (int from = 1; from <= ROWS; from += BATCH) {
        client.get("/customer/" + ids(from));
      }
      Await.until("it evicts", () -> client.metric("papi_redis_evicted_total") > 0);
      assertThat(client.metric("papi_redis_memory_used_bytes"))
          .isBetween(0.9 * (MEGABYTES << 20), 1.1 * (MEGABYTES << 20));
    }
  }

  @Test
  void metrics_redisIsDemoted_sayThatItIsNoPrimary() {
    try (TestService service = serve(redis.uri().toString())) {
      TestClient client = service.client();
      Await.until(
          "it is the primary", () -> client.metric("papi_redis_role", "role=\"primary\"") == 1);
      jedis.replicaof("127.0.0.1", 1);
      Await.until(
          "it is none any more", () -> client.metric("papi_redis_role", "role=\"primary\"") == 0);
    }
  }

  @Test
  void metrics_userMayNotAsk_areNotKnown_andRedisIsUsed() {
    jedis.aclSetUser("blind", "on", ">secret", "~papi:*", "+@all", "-info");
    String uri = "redis://blind:secret@127.0.0.1:" + redis.uri().getPort();
    try (TestService service = serve(uri)) {
      TestClient client = service.client();
      client.get("/customer/1");
      RedisRows.awaitCustomer(redis.uri(), 1);
      assertThat(client.metric("papi_redis_memory_used_bytes")).isNaN();
      assertThat(client.metric("papi_redis_role", "role=\"unknown\"")).isEqualTo(1);
      assertThat(client.admin("/health/ready").body()).contains("\"redis\":\"up\"");
    }
  }

  private static String ids(int from) {
    return IntStream.range(from, from + BATCH)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(","));
  }

  private static TestService serve(String uri) {
    TestService service =
        TestService.start(
            Map.of(
                "PAPI_REDIS",
                uri,
                "PAPI_REDIS_TIMEOUT",
                "2s",
                "PAPI_ROWS",
                String.valueOf(ROWS),
                "PAPI_DEADLINE",
                "15s"));
    service.client().awaitRedis();
    return service;
  }
}
