package io.papi.service.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.papi.cache.redis.embedded.EmbeddedRedis;
import io.papi.testing.Await;
import io.papi.testing.TestClient;
import io.papi.testing.TestService;
import io.papi.testing.proxy.FaultProxy;
import io.papi.testing.proxy.FaultProxy.Direction;
import io.papi.testing.proxy.Toxic;
import io.papi.testing.proxy.Toxic.Bandwidth;
import io.papi.testing.proxy.Toxic.Latency;
import io.papi.testing.proxy.Toxic.LimitData;
import io.papi.testing.proxy.Toxic.ResetPeer;
import io.papi.testing.proxy.Toxic.Slicer;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A bad network between Redis and a service without a near cache, which asks it each time. */
@Timeout(120)
class RedisOverProxyIT {
  private static final int IDS = 200;
  private static final Duration TIMEOUT = Duration.ofMillis(50);
  private static final Pattern IN_REDIS = Pattern.compile("redis;dur=([0-9.]+)");
  private static final Pattern KEY = Pattern.compile("\"C_CUSTOMER_SK\":([0-9]+),");

  private EmbeddedRedis redis;
  private FaultProxy proxy;
  private TestService service;
  private TestClient client;

  @BeforeEach
  void start() {
    redis = EmbeddedRedis.start(16).orElseGet(() -> abort("no embedded Redis here"));
    proxy = FaultProxy.to(redis.uri().getPort());
    service =
        TestService.start(
            Map.of(
                "PAPI_REDIS",
                redis.uri().toString().replaceAll("[0-9]+$", "" + proxy.port()),
                "PAPI_REDIS_TIMEOUT",
                TIMEOUT.toMillis() + "ms",
                "PAPI_NEAR_MEMORY",
                "0 MiB",
                "PAPI_DEADLINE",
                "15s"));
    client = service.client();
    awaitHits();
  }

  @AfterEach
  void stop() {
    service.close();
    proxy.close();
    redis.close();
  }

  static Stream<Toxic> tooSlowOrBroken() {
    return Stream.of(
        new Latency(Duration.ofMillis(500), Duration.ofMillis(400)),
        new Slicer(1, 0, Duration.ofMillis(5)),
        new Bandwidth(2_000),
        new Toxic.Timeout(Duration.ZERO),
        new ResetPeer(Duration.ZERO),
        new LimitData(100),
        new LimitData(700),
        new LimitData(30_000));
  }

  @ParameterizedTest
  @MethodSource("tooSlowOrBroken")
  void get_redisTooSlowOrBroken_isTheRightRowsInTime_thenRecovers(Toxic toxic) throws Exception {
    int before = proxy.accepted();
    try (var _ = proxy.add(Direction.DOWNSTREAM, toxic)) {
      double slowest = 0;
      for (HttpResponse<String> answer : askForAll()) {
        slowest = Math.max(slowest, millisInRedis(answer));
      }
      // The turn at the connection has the timeout, and the exchange too; the rest is the machine.
      assertThat(slowest).isLessThan(4.0 * TIMEOUT.toMillis());
      Await.until("a fresh connection", () -> proxy.accepted() > before);
    }
    awaitHits();
    askForAll();
  }

  static Stream<Toxic> bearable() {
    return Stream.of(
        new Latency(Duration.ofMillis(5), Duration.ofMillis(5)),
        new Slicer(100, 99, Duration.ZERO));
  }

  @ParameterizedTest
  @MethodSource("bearable")
  void get_redisSlowButInTime_isStillAHit(Toxic toxic) throws Exception {
    double hits = hits();
    try (var _ = proxy.add(Direction.DOWNSTREAM, toxic)) {
      while (hits() < hits + IDS) {
        askForAll();
      }
    }
  }

  @Test
  void get_redisRefuses_isTheRightRows_andReadinessStaysUp() throws Exception {
    proxy.down();
    askForAll();
    HttpResponse<String> ready = client.admin("/health/ready");
    assertThat(ready.statusCode()).isEqualTo(200);
    assertThat(ready.body()).contains("\"status\":\"degraded\"", "\"redis\":\"down\"");
    proxy.up();
    awaitHits();
  }

  /** Asks for all ids at once, one by one and in batches; every row must be the right one. */
  private List<HttpResponse<String>> askForAll() throws Exception {
    List<Future<HttpResponse<String>>> calls = new ArrayList<>();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int id = 1; id <= IDS; id += 10) {
        String one = String.valueOf(id);
        String ten = ids(id, 10);
        calls.add(callers.submit(() -> ask(one)));
        calls.add(callers.submit(() -> ask(ten)));
      }
    }
    List<HttpResponse<String>> answers = new ArrayList<>();
    for (Future<HttpResponse<String>> call : calls) {
      answers.add(call.get());
    }
    return answers;
  }

  private HttpResponse<String> ask(String ids) {
    HttpResponse<String> answer = client.get("/customer/" + ids);
    assertThat(answer.statusCode()).isEqualTo(200);
    String answered =
        KEY.matcher(answer.body())
            .results()
            .map(key -> key.group(1))
            .collect(Collectors.joining(","));
    assertThat(answered).isEqualTo(ids);
    return answer;
  }

  private void awaitHits() {
    double hits = hits();
    Await.until(
        "Redis answers",
        () -> {
          ask(ids(1, IDS / 2));
          ask(ids(IDS / 2 + 1, IDS / 2));
          return hits() > hits + IDS;
        });
  }

  private double hits() {
    return client.metric("cache_gets_total", "cache=\"redis\"", "result=\"hit\"");
  }

  private static double millisInRedis(HttpResponse<String> answer) {
    Matcher time =
        IN_REDIS.matcher(answer.headers().firstValue("Server-Timing").orElse("redis;dur=0"));
    return time.find() ? Double.parseDouble(time.group(1)) : 0;
  }

  private static String ids(int from, int count) {
    return IntStream.range(from, from + count)
        .mapToObj(String::valueOf)
        .collect(Collectors.joining(","));
  }
}
