package io.papi.service.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.papi.cache.redis.embedded.EmbeddedRedis;
import io.papi.testing.Await;
import io.papi.testing.Frozen;
import io.papi.testing.RedisRows;
import io.papi.testing.ServiceProcess;
import io.papi.testing.TestClient;
import io.papi.testing.TestService;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** A Redis whose process is killed, is frozen, or refuses the password. */
@Timeout(120)
class RedisProcessIT {
  @TempDir private Path temporary;

  private final EmbeddedRedis redis =
      EmbeddedRedis.start(16).orElseGet(() -> abort("no embedded Redis here"));

  @AfterEach
  void stop() {
    redis.close();
  }

  @Test
  void get_redisKilledUnderLoad_losesNoRequest() {
    try (TestService service = startService();
        Load load = new Load(service.client())) {
      TestClient client = service.client();
      load.awaitAnswers(50);
      long first = redis.pid();
      ProcessHandle.of(first).orElseThrow().destroyForcibly();
      Await.until("the breaker opens", () -> breaker(client) == 1);
      load.awaitAnswers(50);
      Await.until("Redis is started again", () -> redis.pid() != first);
      client.awaitRedis();
      double before = reads(client);
      Await.until("Redis is read again", () -> reads(client) > before);
      assertThat(load.failures()).isEmpty();
    }
  }

  @Test
  void get_redisFrozen_costsItsTimeoutOnce() {
    try (TestService service = startService()) {
      TestClient client = service.client();
      client.get("/customer/1");
      try (var _ = new Frozen(redis.pid())) {
        List<String> asked = new ArrayList<>();
        for (int id = 100; id < 200; id++) {
          HttpResponse<String> answer = client.get("/customer/" + id);
          assertThat(answer.statusCode()).isEqualTo(200);
          if (header(answer, "Cache-Status").contains("redis")) {
            asked.add(header(answer, "Server-Timing"));
          }
        }
        assertThat(asked).hasSizeLessThanOrEqualTo(1);
        assertThat(breaker(client)).isEqualTo(1);
      }
      client.awaitRedis();
    }
  }

  @Test
  void delete_whileRedisIsFrozen_isNotGivenHere_andSaysThatItIsNotConfirmed() {
    try (TestService service = startService()) {
      TestClient client = service.client();
      client.get("/customer/1885");
      RedisRows.awaitCustomer(redis.uri(), 1885);
      try (var _ = new Frozen(redis.pid())) {
        HttpResponse<String> answer = client.admin("DELETE", "/cache/customer/1885");
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).contains("\"confirmed\":false");
        assertThat(header(client.get("/customer/1885"), "Cache-Status")).contains("near; fwd=miss");
      }
      Await.until(
          "it is deleted as well",
          () -> client.admin("DELETE", "/cache/customer/1885").statusCode() == 200);
    }
  }

  @Test
  void start_wrongPassword_isDegraded_andLoud_andTriesEverMoreSeldom() {
    String uri = "redis://:wrong@127.0.0.1:" + redis.uri().getPort();
    try (ServiceProcess service =
        ServiceProcess.start(temporary, Map.of("PAPI_REDIS", uri)).awaitServing()) {
      TestClient client = service.client();
      HttpResponse<String> ready = client.admin("/health/ready");
      assertThat(ready.statusCode()).isEqualTo(200);
      assertThat(ready.body()).contains("\"status\":\"degraded\"", "\"redis\":\"down\"");
      assertThat(header(client.get("/customer/1"), "Cache-Status")).isEqualTo("near; fwd=miss");
      assertThat(breaker(client)).isOne();
      try (Jedis jedis = new Jedis(redis.uri())) {
        long before = tries(jedis);
        Await.until("it tries on", () -> tries(jedis) > before + 20);
        // The pause is a second by now, less the jitter. There are two links: of four tries, two
        // are of the same one.
        long began = System.nanoTime();
        long then = tries(jedis);
        Await.until("it tries again", () -> tries(jedis) >= then + 4);
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        assertThat(took).isGreaterThan(Duration.ofMillis(400));
      }
      assertThat(service.log().lines().filter(line -> line.contains("ERROR")))
          .hasSize(2)
          .allMatch(line -> line.contains("refuses to let us in: check user and password"));
      assertThat(service.log()).doesNotContain("wrong@");
    }
  }

  @Test
  void start_userWithoutTheRightToTime_isDegraded_andTheRightIsNamed() {
    try (Jedis jedis = new Jedis(redis.uri())) {
      jedis.aclSetUser("papi", "on", ">pw", "~papi:*", "+@all", "-time");
    }
    String uri = "redis://papi:pw@127.0.0.1:" + redis.uri().getPort();
    try (ServiceProcess service =
        ServiceProcess.start(temporary, Map.of("PAPI_REDIS", uri)).awaitServing()) {
      Await.until("the log names it", () -> service.log().contains("(ACL: +time)"));
      HttpResponse<String> ready = service.client().admin("/health/ready");
      assertThat(ready.statusCode()).isEqualTo(200);
      assertThat(ready.body()).contains("\"status\":\"degraded\"", "\"redis\":\"down\"");
      assertThat(service.client().get("/customer/1").statusCode()).isEqualTo(200);
      try (Jedis jedis = new Jedis(redis.uri())) {
        jedis.aclSetUser("papi", "+time");
      }
      service.client().awaitRedis();
      assertThat(service.log().lines().filter(line -> line.contains("ERROR"))).hasSize(1);
    }
  }

  private TestService startService() {
    // The deadline leaves time to a busy machine: it is not what is tested here.
    TestService service =
        TestService.start(Map.of("PAPI_REDIS", redis.uri().toString(), "PAPI_DEADLINE", "15s"));
    service.client().awaitRedis();
    return service;
  }

  private static double breaker(TestClient client) {
    return client.metric("papi_breaker_state", "name=\"redis\"");
  }

  private static double reads(TestClient client) {
    return client.metric("papi_redis_seconds_count", "op=\"read\"", "outcome=\"ok\"");
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  /** How many connections have been opened to Redis so far. */
  private static long tries(Jedis jedis) {
    return jedis
        .info("stats")
        .lines()
        .filter(line -> line.startsWith("total_connections_received:"))
        .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
        .findFirst()
        .orElseThrow();
  }

  /** Two hundred requests a second, each for another id, whose every answer is checked. */
  private static final class Load implements AutoCloseable {
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final List<String> failures = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger answers = new AtomicInteger();
    private final AtomicInteger nextId = new AtomicInteger();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final Future<?> ticks;

    Load(TestClient client) {
      ticks =
          clock.scheduleAtFixedRate(
              () -> Thread.ofVirtual().start(() -> ask(client)), 0, 5, TimeUnit.MILLISECONDS);
    }

    private void ask(TestClient client) {
      int id = nextId.updateAndGet(last -> last % 2_000 + 1);
      try {
        HttpResponse<String> answer = client.get("/customer/" + id);
        if (answer.statusCode() != 200
            || !answer.body().startsWith("[{\"C_CUSTOMER_SK\":" + id + ",")) {
          failures.add(id + ": " + answer.statusCode() + " " + answer.body());
        }
        answers.incrementAndGet();
      } catch (RuntimeException e) {
        if (!ended.get()) {
          failures.add(id + ": " + e);
        }
      }
    }

    void awaitAnswers(int more) {
      int until = answers.get() + more;
      Await.until(more + " more answers", () -> answers.get() >= until);
    }

    List<String> failures() {
      return failures;
    }

    @Override
    public void close() {
      ended.set(true);
      ticks.cancel(false);
      clock.close();
    }
  }
}
