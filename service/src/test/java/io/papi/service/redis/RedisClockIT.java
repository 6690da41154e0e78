package io.papi.service.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.papi.testing.Await;
import io.papi.testing.FaketimeRedis;
import io.papi.testing.RedisRows;
import io.papi.testing.TestClient;
import io.papi.testing.TestService;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;

/**
 * A Redis whose clock jumps: no row is shown younger than it is, and none past its time unmarked.
 */
@Timeout(120)
class RedisClockIT {
  private static final int ID = 42;

  @TempDir private Path temporary;

  private FaketimeRedis redis;

  @BeforeEach
  void start() {
    redis =
        FaketimeRedis.start(temporary, 16)
            .orElseGet(() -> abort("no Redis whose clock can be moved here"));
  }

  @AfterEach
  void stop() {
    redis.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {-14, -3_600, 3_600, 2})
  void get_afterAJump_isReadAgain_andThenComesFromRedisAgain(long seconds) {
    try (TestService service = service(Map.of())) {
      TestClient client = service.client();
      keep(client);
      redis.moveTo(Duration.ofSeconds(seconds));
      Await.until("the jump is seen", () -> jumps(client) > 0);

      HttpResponse<String> answer = get(client);
      assertThat(source(answer)).isEqualTo("redis; fwd=miss");
      Await.until("it comes from Redis", () -> source(get(client)).equals("redis; hit"));
      assertThat(jumps(client)).isOne();
    }
  }

  /** A service that has not seen the jump yet counts on as before; one that has reads again. */
  @Test
  void get_whileTheClockJumps_isNeverYoungerThanItIs() {
    try (TestService one = service(Map.of());
        TestService other = service(Map.of())) {
      keep(one.client());
      long read = System.nanoTime();
      Await.until("the row has an age", () -> age(get(one.client())) >= 3);
      int hits = 0;
      for (long seconds : new long[] {-2, 1, -14, 0}) {
        redis.moveTo(Duration.ofSeconds(seconds));
        long end = System.nanoTime() + Duration.ofSeconds(3).toNanos();
        while (System.nanoTime() - end < 0) {
          for (TestService service : List.of(one, other)) {
            long asked = System.nanoTime();
            HttpResponse<String> answer = get(service.client());
            if (source(answer).equals("redis; hit")) {
              hits++;
              assertThat(age(answer)).isGreaterThanOrEqualTo((asked - read) / 1_000_000_000);
            } else {
              read = System.nanoTime();
            }
          }
        }
      }
      assertThat(hits).isGreaterThan(10);
      assertThat(jumps(one.client()) + jumps(other.client())).isBetween(4.0, 8.0);
    }
  }

  /** No service saw the jump, and the new one has never seen the clock before. */
  @Test
  void get_serviceStartedAfterAJumpThatNobodySaw_isNotGivenTheRowForFresh() {
    try (TestService earlier = service(Map.of())) {
      keep(earlier.client());
      Await.until("the row has an age", () -> age(get(earlier.client())) >= 3);
    }
    redis.moveTo(Duration.ofSeconds(-2));
    try (TestService service = service(Map.of())) {
      assertThat(source(get(service.client()))).isEqualTo("redis; fwd=miss");
    }
  }

  @Test
  void get_serviceStartedAgain_isGivenTheRowForFresh() {
    try (TestService earlier = service(Map.of())) {
      keep(earlier.client());
    }
    try (TestService service = service(Map.of())) {
      assertThat(source(get(service.client()))).isEqualTo("redis; hit");
    }
  }

  /** What the image's Redis allows is enough to share rows. */
  @Test
  void get_withTheRightsOfTheImage_isGivenTheRowForFresh() throws IOException {
    String user =
        Files.readAllLines(Path.of("../redis/redis.conf")).stream()
            .filter(line -> line.startsWith("user default "))
            .findFirst()
            .orElseThrow();
    List<String> rights =
        new ArrayList<>(List.of(user.substring("user default ".length()).split(" ")));
    rights.replaceAll(right -> right.equals("nopass") ? ">sesame" : right);
    try (Jedis jedis = new Jedis(redis.uri())) {
      jedis.aclSetUser("papi", rights.toArray(String[]::new));
    }
    String uri = redis.uri().toString().replace("redis://", "redis://papi:sesame@");
    try (TestService one = service(Map.of("PAPI_REDIS", uri));
        TestService other = service(Map.of("PAPI_REDIS", uri))) {
      keep(one.client());
      assertThat(source(get(other.client()))).isEqualTo("redis; hit");
    }
  }

  private TestService service(Map<String, String> environment) {
    Map<String, String> all = new HashMap<>();
    all.put("PAPI_REDIS", redis.uri().toString());
    all.put("PAPI_REDIS_TIMEOUT", "2s");
    all.put("PAPI_NEAR_MEMORY", "0 MiB");
    all.put("PAPI_DEADLINE", "15s");
    all.put("PAPI_STALE_AFTER", "10s");
    all.put("PAPI_ROWS", "100");
    all.putAll(environment);
    TestService service = TestService.start(all);
    service.client().awaitRedis();
    return service;
  }

  /** Asks for the row, and waits until it is in Redis. */
  private void keep(TestClient client) {
    get(client);
    RedisRows.awaitCustomer(redis.uri(), ID);
  }

  private static HttpResponse<String> get(TestClient client) {
    HttpResponse<String> answer = client.get("/customer/" + ID);
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer;
  }

  private static double jumps(TestClient client) {
    return client.metric("papi_redis_clock_jumps_total");
  }

  private static long age(HttpResponse<String> answer) {
    return Long.parseLong(answer.headers().firstValue("Age").orElseThrow());
  }

  private static String source(HttpResponse<String> answer) {
    return answer.headers().firstValue("Cache-Status").orElse("");
  }
}
