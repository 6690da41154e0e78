package io.papi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.papi.cache.embedded.EmbeddedRedis;
import io.papi.testing.Await;
import io.papi.testing.TestClient;
import io.papi.testing.TestService;
import java.net.http.HttpResponse;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A whole service with a real Redis: where answers come from, and what a broken Redis does. */
@Timeout(120)
class RedisInServiceIT {
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
    // The deadline has room for a machine that does other things: it is not what is tested here.
    TestService started =
        TestService.start(Map.of("PAPI_REDIS", redis.uri().toString(), "PAPI_DEADLINE", "15s"));
    Await.until("Redis is used", () -> breaker(started.client()) == 0);
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

    awaitWritten();
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
  void delete_takesTheRowOutOfMemoryAndRedis() {
    client.get("/customer/1885,1886");
    awaitWritten();
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

  @Test
  void delete_whileRedisIsFrozen_isNotGivenHere_andSaysThatItIsNotConfirmed() throws Exception {
    client.get("/customer/1885");
    awaitWritten();
    signal("-STOP");
    try {
      HttpResponse<String> answer = client.admin("DELETE", "/cache/customer/1885");
      assertThat(answer.statusCode()).isEqualTo(202);
      assertThat(answer.body()).contains("\"confirmed\":false");
      assertThat(header(client.get("/customer/1885"), "Cache-Status")).contains("near; fwd=miss");
    } finally {
      signal("-CONT");
    }
    Await.until(
        "it is deleted as well",
        () -> client.admin("DELETE", "/cache/customer/1885").statusCode() == 200);
  }

  @Test
  void get_noNearCache_everyAnswerIsFromRedis() {
    try (TestService bare =
        TestService.start(
            Map.of(
                "PAPI_REDIS", redis.uri().toString(),
                "PAPI_NEAR_MEMORY", "0 MiB",
                "PAPI_DEADLINE", "15s"))) {
      Await.until("Redis is used", () -> breaker(bare.client()) == 0);
      Await.until(
          "the row comes from Redis",
          () -> header(bare.client().get("/customer/1885"), "Cache-Status").equals("redis; hit"));
      assertThat(header(bare.client().get("/customer/1885"), "Cache-Status"))
          .isEqualTo("redis; hit");
    }
  }

  @Test
  void get_ageInRedis_goesOnCounting() {
    client.get("/customer/1885");
    awaitWritten();
    try (TestService other = startService()) {
      Await.until(
          "a second passes",
          () -> Integer.parseInt(header(other.client().get("/customer/1885"), "Age")) >= 1);
    }
  }

  @Test
  void get_redisKilledUnderLoad_losesNoRequest() throws Exception {
    try (Load load = new Load(client)) {
      load.awaitAnswers(50);
      long first = redis.pid();
      ProcessHandle.of(first).orElseThrow().destroyForcibly();
      Await.until("the breaker opens", () -> breaker(client) == 1);
      assertThat(client.admin("/health/ready").body())
          .contains("\"status\":\"degraded\"", "\"redis\":\"down\"");
      load.awaitAnswers(50);
      Await.until("Redis is started again", () -> redis.pid() != first);
      Await.until("the breaker closes", () -> breaker(client) == 0);
      double hits = client.metric("papi_redis_seconds_count", "op=\"read\"", "outcome=\"ok\"");
      Await.until(
          "Redis is read again",
          () -> client.metric("papi_redis_seconds_count", "op=\"read\"", "outcome=\"ok\"") > hits);
      assertThat(load.failures()).isEmpty();
    }
  }

  @Test
  void get_redisFrozen_costsItsTimeoutOnce() throws Exception {
    client.get("/customer/1");
    signal("-STOP");
    try {
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
    } finally {
      signal("-CONT");
    }
    Await.until("Redis is used again", () -> breaker(client) == 0);
  }

  private void awaitWritten() {
    Await.until(
        "the row is written to Redis",
        () -> client.metric("papi_redis_seconds_count", "op=\"write\"", "outcome=\"ok\"") > 0);
  }

  private void signal(String signal) throws Exception {
    assertThat(new ProcessBuilder("kill", signal, Long.toString(redis.pid())).start().waitFor())
        .isZero();
  }

  private static double breaker(TestClient of) {
    return of.metric("papi_breaker_state", "name=\"redis\"");
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
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
