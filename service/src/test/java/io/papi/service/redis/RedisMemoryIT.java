package io.papi.service.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import io.papi.cache.redis.embedded.EmbeddedRedis;
import io.papi.testing.Await;
import io.papi.testing.RedisRows;
import io.papi.testing.TestClient;
import io.papi.testing.TestService;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.Jedis;

/** A Redis without memory left, which refuses to write or evicts. */
@Timeout(120)
class RedisMemoryIT {
  private static final int MEGABYTES = 8;

  /** More customers than eight megabytes hold. */
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
  void get_redisIsFull_isAnswered_andTheFailedWriteIsCounted() {
    jedis.configSet("maxmemory-policy", "noeviction");
    try (TestService service = serveWithoutNearCache()) {
      TestClient client = service.client();
      assertThat(source(client, 1)).isEqualTo("redis; fwd=miss");
      RedisRows.awaitCustomer(redis.uri(), 1);
      fill();

      AtomicInteger id = new AtomicInteger(1);
      Await.until(
          "a write fails",
          () -> {
            assertThat(source(client, id.incrementAndGet())).isEqualTo("redis; fwd=miss");
            return exchanges(client, "write", "failed") > 0;
          });

      assertThat(source(client, 1)).isEqualTo("redis; hit");
      assertThat(client.admin("/health/ready").body()).contains("\"redis\":\"up\"");
    }
  }

  @Test
  void get_redisEvicts_isAnswered_andOnlyFewerRowsComeFromIt() {
    jedis.configSet("maxmemory-policy", "allkeys-lru");
    try (TestService service = serveWithoutNearCache()) {
      TestClient client = service.client();
      for (int round = 0; round < 2; round++) {
        for (int from = 1; from <= ROWS; from += BATCH) {
          assertIsBatch(client, from);
        }
      }
      assertThat(jedis.info("stats")).doesNotContain("evicted_keys:0\r");
      assertThat(client.metric("cache_gets_total", "cache=\"redis\"", "result=\"miss\""))
          .isGreaterThan(ROWS);
      assertThat(exchanges(client, "write", "failed")).isZero();
      assertThat(exchanges(client, "read", "failed")).isZero();
      assertThat(client.metric("papi_cache_discarded_total")).isZero();
      Await.until("a row still comes from Redis", () -> hits(client));
    }
  }

  private TestService serveWithoutNearCache() {
    TestService service =
        TestService.start(
            Map.of(
                "PAPI_REDIS", redis.uri().toString(),
                "PAPI_REDIS_TIMEOUT", "2s",
                "PAPI_NEAR_MEMORY", "0 MiB",
                "PAPI_ROWS", String.valueOf(ROWS),
                "PAPI_DEADLINE", "15s"));
    service.client().awaitRedis();
    return service;
  }

  /** Writes until Redis has no room. */
  private void fill() {
    String block = "x".repeat(1 << 16);
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < MEGABYTES << 20; i += block.length()) {
                jedis.set("block " + i, block);
              }
            })
        .hasMessageStartingWith("OOM");
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < block.length(); i++) {
                jedis.set("crumb " + i, "x".repeat(100));
              }
            })
        .hasMessageStartingWith("OOM");
  }

  private static void assertIsBatch(TestClient client, int from) {
    String ids =
        IntStream.range(from, from + BATCH)
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(","));
    HttpResponse<String> answer = client.get("/customer/" + ids);
    assertThat(answer.statusCode()).isEqualTo(200);
    int at = 0;
    for (int id = from; id < from + BATCH; id++) {
      at = answer.body().indexOf("{\"C_CUSTOMER_SK\":" + id + ",", at);
      assertThat(at).as("place of " + id).isPositive();
    }
  }

  private static boolean hits(TestClient client) {
    source(client, ROWS);
    return client.metric("cache_gets_total", "cache=\"redis\"", "result=\"hit\"") > 0;
  }

  private static String source(TestClient client, int id) {
    HttpResponse<String> answer = client.get("/customer/" + id);
    assertThat(answer.body()).startsWith("[{\"C_CUSTOMER_SK\":" + id + ",");
    return answer.headers().firstValue("Cache-Status").orElse("");
  }

  private static double exchanges(TestClient client, String operation, String outcome) {
    return client.metric(
        "papi_redis_seconds_count", "op=\"" + operation + "\"", "outcome=\"" + outcome + "\"");
  }
}
