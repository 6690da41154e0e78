package io.papi.service.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.papi.cache.redis.embedded.EmbeddedRedis;
import io.papi.testing.Await;
import io.papi.testing.RedisRows;
import io.papi.testing.TestClient;
import io.papi.testing.TestService;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The rows of a Redis that is well: when an answer comes from it, and when no longer. */
@Timeout(120)
class RedisRowsIT {
  private EmbeddedRedis redis;
  private TestService service;
  private TestClient client;

  @BeforeEach
  void start() {
    redis = EmbeddedRedis.start(16).orElseGet(() -> abort("no embedded Redis here"));
    service = startService();
    client = service.client();
  }

  @AfterEach
  void stop() {
    service.close();
    redis.close();
  }

  private TestService startService() {
    // The deadline leaves time to a busy machine: it is not what is tested here.
    TestService started =
        TestService.start(Map.of("PAPI_REDIS", redis.uri().toString(), "PAPI_DEADLINE", "15s"));
    started.client().awaitRedis();
    return started;
  }

  @Test
  void get_storeThenRedisThenMemory_eachSaysSo() {
    HttpResponse<String> fromStore = client.get("/customer/1885");
    assertThat(header(fromStore, "Cache-Status")).isEqualTo("redis; fwd=miss, near; fwd=miss");
    assertThat(header(fromStore, "Server-Timing")).matches("redis;dur=[0-9.]+, store;dur=[0-9.]+");

    HttpResponse<String> fromMemory = client.get("/customer/1885");
    assertThat(header(fromMemory, "Cache-Status")).isEqualTo("near; hit");
    assertThat(header(fromMemory, "Server-Timing")).isEqualTo("near;dur=0.0");

    RedisRows.awaitCustomer(redis.uri(), 1885);
    try (TestService other = startService()) {
      HttpResponse<String> fromRedis = other.client().get("/customer/1885");
      assertThat(header(fromRedis, "Cache-Status")).isEqualTo("redis; hit, near; fwd=miss");
      assertThat(header(fromRedis, "Server-Timing")).matches("redis;dur=[0-9.]+");
      assertThat(fromRedis.body()).isEqualTo(fromStore.body());
      assertThat(header(fromRedis, "ETag")).isEqualTo(header(fromStore, "ETag"));
      assertThat(header(other.client().get("/customer/1885"), "Cache-Status"))
          .isEqualTo("near; hit");
    }
  }

  @Test
  void get_ageInRedis_goesOnCounting() {
    client.get("/customer/1885");
    RedisRows.awaitCustomer(redis.uri(), 1885);
    try (TestService other = startService()) {
      Await.until(
          "a second passes",
          () -> Integer.parseInt(header(other.client().get("/customer/1885"), "Age")) >= 1);
    }
  }

  @Test
  void delete_takesTheRowOutOfMemoryAndRedis() {
    client.get("/customer/1885,1886");
    RedisRows.awaitCustomer(redis.uri(), 1885);
    RedisRows.awaitCustomer(redis.uri(), 1886);
    HttpResponse<String> answer = client.admin("DELETE", "/cache/customer/1885");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("\"forgotten\":[\"1885\"]", "\"confirmed\":true");
    try (TestService other = startService()) {
      assertThat(header(other.client().get("/customer/1885"), "Cache-Status"))
          .isEqualTo("redis; fwd=miss, near; fwd=miss");
      assertThat(header(other.client().get("/customer/1886"), "Cache-Status"))
          .isEqualTo("redis; hit, near; fwd=miss");
    }
    assertThat(header(client.get("/customer/1885"), "Cache-Status")).endsWith("near; fwd=miss");
    assertThat(header(client.get("/customer/1885"), "Cache-Status")).isEqualTo("near; hit");
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
