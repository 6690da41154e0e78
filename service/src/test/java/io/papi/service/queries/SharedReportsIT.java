package io.papi.service.queries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.papi.cache.redis.embedded.EmbeddedRedis;
import io.papi.testing.Await;
import io.papi.testing.TestClient;
import io.papi.testing.TestService;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** Services that share a Redis share the reports that are small enough for it. */
@Timeout(120)
class SharedReportsIT {
  private static final String STATEMENTS = "papi_store_query_seconds_count";

  private final EmbeddedRedis redis =
      EmbeddedRedis.start(16).orElseGet(() -> abort("no embedded Redis here"));

  @TempDir private Path directory;

  @AfterEach
  void stop() {
    redis.close();
  }

  @Test
  void get_reportOfAnother_comesFromRedis_inEveryFormat_untilItIsInvalidated() {
    try (TestService one = start();
        TestService other = start()) {
      HttpResponse<String> cold = one.client().get("/births/1950");
      assertThat(header(cold, "Cache-Status")).isEqualTo("redis; fwd=miss, near; fwd=miss");
      awaitKeys("papi:births:*:year=1950", 1);
      HttpResponse<String> shared = other.client().get("/reports/births/1950?format=json");
      assertThat(header(shared, "Cache-Status")).isEqualTo("redis; hit, near; fwd=miss");
      assertThat(shared.body()).isEqualTo(cold.body());
      assertThat(header(shared, "ETag")).isEqualTo(header(cold, "ETag"));
      assertThat(header(other.client().get("/births/1950?format=csv"), "ETag"))
          .isEqualTo(header(one.client().get("/births/1950?format=csv"), "ETag"));
      assertThat(other.client().metric(STATEMENTS, "dataset=\"births\"")).isZero();

      one.client().get("/births/1951");
      awaitKeys("papi:births:*", 2);
      assertThat(one.client().admin("DELETE", "/cache/births/1950").body())
          .contains("\"confirmed\":true");
      assertThat(keys("papi:births:*")).singleElement().asString().endsWith(":year=1951");
      assertThat(header(one.client().get("/births/1950"), "Cache-Status"))
          .isEqualTo("redis; fwd=miss, near; fwd=miss");
    }
  }

  @Test
  void get_largerThanMaxCachedBytes_isInNoRedis() {
    try (TestService one = start("queries.births.max-cached-bytes = 0 KiB")) {
      TestClient client = one.client();
      for (int i = 0; i < 2; i++) {
        HttpResponse<String> answer = client.get("/births/1950");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "Cache-Status")).isEqualTo("redis; fwd=miss, near; fwd=miss");
      }
      client.get("/customer/1");
      awaitKeys("papi:customer:*:1", 1); // what was written before it is there by now
      assertThat(keys("papi:births:*")).isEmpty();
      assertThat(client.metric("papi_cache_too_large_total", "dataset=\"births\"")).isEqualTo(2);
    }
  }

  private void awaitKeys(String pattern, int count) {
    Await.until("Redis holds " + pattern, () -> keys(pattern).size() == count);
  }

  private List<String> keys(String pattern) {
    try (Jedis jedis = new Jedis(redis.uri())) {
      return List.copyOf(jedis.keys(pattern));
    }
  }

  private TestService start(String... lines) {
    Map<String, String> environment =
        Map.of("PAPI_REDIS", redis.uri().toString(), "PAPI_REDIS_TIMEOUT", "2s");
    TestService service = TestService.start(Births.environment(directory, environment, lines));
    service.client().awaitRedis();
    Await.until(
        "that of reports is used",
        () -> service.client().metric("papi_breaker_state", "name=\"redis/queries\"") == 0);
    return service;
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
