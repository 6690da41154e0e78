package io.papi.service.answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.papi.testing.Await;
import io.papi.testing.RedisPair;
import io.papi.testing.TestClient;
import io.papi.testing.TestService;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** Rows by another key from the embedded store, and what Redis knows of its values. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AlternateKeyIT extends AlternateKeyContract {
  private TestService service;

  @BeforeAll
  void start(@TempDir Path folder) {
    service = TestService.start(environment(folder));
  }

  @AfterAll
  void stop() {
    service.close();
  }

  @Override
  protected TestClient client() {
    return service.client();
  }

  private static Map<String, String> environment(Path folder) {
    people(folder);
    return Map.of(
        "PAPI_CONFIG",
        configuration(folder, "embedded-tables.people.from = people.csv").toString(),
        "PAPI_REDIS_NAMES_SECRET",
        "0123456789abcdef".repeat(2));
  }

  @Test
  void missing_isKeptAsLongAsTheKeySays() {
    TestClient client = client();
    assertThat(client.get("/people/email/x@y").headers().firstValue("Cache-Control"))
        .hasValue("private, max-age=30");
    assertThat(client.get("/people/card/9").headers().firstValue("Cache-Control"))
        .hasValue("private, max-age=7");
    assertThat(client.get("/people/card/70").headers().firstValue("Cache-Control"))
        .hasValue("private, max-age=180");
  }

  @Test
  void namesInRedis_haveNoAddress_andAreSharedByThoseWithTheSecret(@TempDir Path other) {
    try (RedisPair redis = RedisPair.start().orElseGet(() -> abort("no Redis here"))) {
      String uri = "redis://:pair@127.0.0.1:" + redis.primary().getPort();
      Map<String, String> environment = new HashMap<>(environment(other));
      environment.put("PAPI_REDIS", uri);
      try (TestService first = TestService.start(environment);
          Jedis jedis = new Jedis(redis.primary())) {
        first.client().awaitRedis();
        first.client().get("/people/email/jane@example.com");
        Await.until("the mapping is kept", () -> jedis.keys("papi:people/email:*").size() >= 2);
        Set<String> names = jedis.keys("*");
        assertThat(names).noneMatch(name -> name.contains("jane"));
        try (TestService second = TestService.start(environment)) {
          second.client().awaitRedis();
          second.client().get("/people/email/jane@example.com");
          assertThat(
                  second
                      .client()
                      .metric(
                          "cache_gets_total",
                          "cache=\"redis\"",
                          "dataset=\"people/email\"",
                          "result=\"hit\""))
              .isPositive();
        }
      }
    }
  }
}
