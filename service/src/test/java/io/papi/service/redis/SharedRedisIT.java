package io.papi.service.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.papi.cache.redis.embedded.EmbeddedRedis;
import io.papi.store.embedded.EmbeddedStore;
import io.papi.testing.Customers;
import io.papi.testing.RedisRows;
import io.papi.testing.SnowflakeStandIn;
import io.papi.testing.TestClient;
import io.papi.testing.TestService;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Services that share a Redis: those with one store share its rows, all others do not. */
@Timeout(120)
class SharedRedisIT {
  private static final int ID = 42;

  private final EmbeddedRedis redis =
      EmbeddedRedis.start(16).orElseGet(() -> abort("no embedded Redis here"));

  @AfterEach
  void stop() {
    redis.close();
  }

  @Test
  void get_embeddedStoreWithFewerRows_doesNotGiveTheOthersRow() {
    try (TestService large = service(Map.of("PAPI_ROWS", "10000"))) {
      keep(large.client(), 5_000);
      try (TestService small = service(Map.of("PAPI_ROWS", "10"))) {
        assertThat(get(small.client(), 5_000).body()).isEqualTo("[]");
      }
    }
  }

  @Test
  void get_embeddedStoreWithOtherLatency_givesTheSharedRow() {
    try (TestService one = service(Map.of())) {
      keep(one.client(), ID);
      try (TestService other =
          service(Map.of("PAPI_EMBEDDED_LATENCY_P50", "1ms", "PAPI_EMBEDDED_LATENCY_P99", "1ms"))) {
        assertThat(source(other.client())).isEqualTo("redis; hit, near; fwd=miss");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "SNOWFLAKE_ACCOUNT, other",
    "SNOWFLAKE_HOST, localhost",
    "SNOWFLAKE_PORT, another's",
    "SNOWFLAKE_USER, other",
    "SNOWFLAKE_ROLE, OTHER",
    "SNOWFLAKE_DATABASE, OTHER",
    "SNOWFLAKE_SCHEMA, OTHER",
    "PAPI_STORE, embedded"
  })
  void get_otherStore_doesNotGiveTheOthersRow(String variable, String value) {
    try (EmbeddedStore database = Customers.load(500);
        SnowflakeStandIn snowflake = SnowflakeStandIn.start(database.dataSource());
        SnowflakeStandIn another = SnowflakeStandIn.start(database.dataSource());
        TestService one = service(snowflake.environment())) {
      keep(one.client(), ID);
      Map<String, String> changed = new HashMap<>(snowflake.environment());
      changed.put(variable, value.equals("another's") ? "" + another.port() : value);
      try (TestService other = service(changed)) {
        assertThat(source(other.client())).isEqualTo("redis; fwd=miss, near; fwd=miss");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"SNOWFLAKE_PASSWORD, renewed", "SNOWFLAKE_WAREHOUSE, OTHER"})
  void get_sameStoreReachedOtherwise_givesTheSharedRow(String variable, String value) {
    try (EmbeddedStore database = Customers.load(500);
        SnowflakeStandIn snowflake = SnowflakeStandIn.start(database.dataSource());
        TestService one = service(snowflake.environment())) {
      keep(one.client(), ID);
      Map<String, String> changed = new HashMap<>(snowflake.environment());
      changed.put(variable, value);
      try (TestService other = service(changed)) {
        assertThat(source(other.client())).isEqualTo("redis; hit, near; fwd=miss");
      }
    }
  }

  private TestService service(Map<String, String> environment) {
    Map<String, String> all = new HashMap<>(environment);
    all.put("PAPI_REDIS", redis.uri().toString());
    all.put("PAPI_REDIS_TIMEOUT", "2s");
    all.put("PAPI_DEADLINE", "15s");
    TestService service = TestService.start(all);
    service.client().awaitRedis();
    return service;
  }

  /** Asks for a row, and waits until it is in Redis. */
  private void keep(TestClient client, int id) {
    assertThat(get(client, id).body()).startsWith("[{\"C_CUSTOMER_SK\":" + id + ",");
    RedisRows.awaitCustomer(redis.uri(), id);
  }

  private static String source(TestClient client) {
    return get(client, ID).headers().firstValue("Cache-Status").orElse("");
  }

  private static HttpResponse<String> get(TestClient client, int id) {
    HttpResponse<String> answer = client.get("/customer/" + id);
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer;
  }
}
