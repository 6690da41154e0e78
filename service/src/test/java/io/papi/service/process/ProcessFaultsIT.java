package io.papi.service.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.papi.cache.redis.embedded.EmbeddedRedis;
import io.papi.testing.Await;
import io.papi.testing.Faketime;
import io.papi.testing.RedisRows;
import io.papi.testing.ServiceProcess;
import io.papi.testing.TestClient;
import io.papi.testing.TestService;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.ObjectMapper;

/** A process that runs out of memory, is frozen, or whose wall clock jumps. */
@Timeout(240)
class ProcessFaultsIT {
  /** What {@code -XX:+ExitOnOutOfMemoryError} ends a process with. */
  private static final int OUT_OF_MEMORY = 3;

  @TempDir private Path temporary;

  @Test
  void outOfMemory_endsTheProcess() throws Exception {
    Map<String, String> moreThanTheHeap = Map.of("PAPI_ROWS", "100000", "PAPI_REDIS", "off");
    try (ServiceProcess service = ServiceProcess.start(temporary, moreThanTheHeap, "-Xmx16m")) {
      assertThat(service.awaitExit()).isEqualTo(OUT_OF_MEMORY);
      assertThat(service.log()).contains("OutOfMemoryError");
    }
  }

  @Test
  void nearMemoryBeyondTheHeap_refusesToStartWithTheNumbers() throws Exception {
    Map<String, String> moreThanTheHeap = Map.of("PAPI_NEAR_MEMORY", "512 MiB");
    try (ServiceProcess service = ServiceProcess.start(temporary, moreThanTheHeap, "-Xmx160m")) {
      assertThat(service.awaitExit()).isEqualTo(1);
      assertThat(service.log())
          .contains("refusing to start: near-memory of 512 MiB")
          .containsPattern("more than half of the heap, which has 1[56][0-9] MiB")
          .doesNotContain("\tat ");
    }
  }

  @Test
  void smallHeap_outlivesUnknownIdsByTheHundredThousand() throws Exception {
    Map<String, String> embeddedRedis = Map.of("PAPI_DEADLINE", "10s", "PAPI_NEGATIVE_FOR", "10m");
    try (ServiceProcess service =
        ServiceProcess.start(temporary, embeddedRedis, "-Xmx64m").awaitServing()) {
      assertThat(service.log()).contains("near-memory is 1");
      TestClient client = service.client();
      for (int batch = 0; batch < 3_000; batch++) {
        rememberAbsent(client, batch);
      }
      assertThat(client.get("/customer/1").statusCode()).isEqualTo(200);
      double entries = client.metric("cache_size", "cache=\"near\"");
      assertThat(entries).isBetween(20_000.0, 299_999.0);
    }
  }

  /** Asks for a hundred customers who are not there, of whom the near cache keeps just that. */
  private static void rememberAbsent(TestClient client, int batch) {
    String ids =
        LongStream.range(0, 100)
            .mapToObj(i -> Long.toString(1_000_000_000_000L + 100L * batch + i))
            .collect(Collectors.joining(","));
    assertThat(client.get("/customer/" + ids).body()).isEqualTo("[]");
  }

  @Test
  void frozenForTwoSeconds_shedsWhatIsTooLate_andIsWellAgainWithinASecond() throws Exception {
    Map<String, String> oneAtATime =
        Map.of(
            "PAPI_EMBEDDED_LATENCY_P50", "250ms",
            "PAPI_EMBEDDED_LATENCY_P99", "250ms",
            "PAPI_STORE_CONNECTIONS", "1",
            "PAPI_STORE_MAX_BATCH", "1",
            "PAPI_DEADLINE", "1900ms",
            "PAPI_REDIS", "off");
    AtomicBoolean done = new AtomicBoolean();
    AtomicInteger hits = new AtomicInteger();
    try (ServiceProcess service = ServiceProcess.start(temporary, oneAtATime).awaitServing();
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      try {
        TestClient client = service.client();
        assertThat(client.get("/customer/1").statusCode()).isEqualTo(200);
        Future<String> load = callers.submit(() -> wrongAnswer(client, done, hits));
        Await.until("there is load", () -> hits.get() > 50);
        Wave wave = new Wave(client, callers);
        Await.until("they wait", wave::waits);

        long stopped = System.nanoTime();
        service.signal("STOP");
        Await.until("two seconds have passed", () -> since(stopped).toMillis() >= 2_000);
        service.signal("CONT");
        long resumed = System.nanoTime();

        assertThat(client.get("/customer/2").body()).startsWith("[{\"C_CUSTOMER_SK\":2,");
        assertThat(client.admin("/health/ready").statusCode()).isEqualTo(200);
        assertThat(since(resumed)).isLessThan(Duration.ofSeconds(1));
        // beside what was answered in time the one that was under way, and customer 2
        int inTime = wave.answeredInTime();
        assertThat(client.statements() - wave.before).isLessThanOrEqualTo(inTime + 2);
        int then = hits.get();
        Await.until("the load goes on", () -> hits.get() > then + 50);
        done.set(true);
        assertThat(load.get()).isEmpty();
      } finally {
        done.set(true);
      }
    }
  }

  /** Callers who ask at the same time for customers whom no cache has. */
  private static final class Wave {
    private static final int CALLERS = 4;

    private final TestClient client;
    private final ExecutorService callers;
    private final Map<Integer, Future<HttpResponse<String>>> answers = new HashMap<>();
    private int nextId = 10;

    /** The statements before it. */
    private int before;

    Wave(TestClient client, ExecutorService callers) {
      this.client = client;
      this.callers = callers;
    }

    /** Whether most of them wait for the store; if they have all been answered, more ask. */
    boolean waits() {
      if (client.metric("papi_inflight") >= CALLERS - 1) {
        return true;
      }
      if (answers.values().stream().allMatch(Future::isDone)) {
        answers.clear();
        before = client.statements();
        for (int i = 0; i < CALLERS; i++) {
          int id = nextId++;
          answers.put(id, callers.submit(() -> client.get("/customer/" + id)));
        }
      }
      return false;
    }

    /** How many got their row; the others were told why not. */
    int answeredInTime() throws Exception {
      int inTime = 0;
      for (Map.Entry<Integer, Future<HttpResponse<String>>> entry : answers.entrySet()) {
        HttpResponse<String> answer = entry.getValue().get();
        assertThat(answer.statusCode()).isIn(200, 503, 504);
        if (answer.statusCode() == 200) {
          assertThat(answer.body()).startsWith("[{\"C_CUSTOMER_SK\":" + entry.getKey() + ",");
          inTime++;
        }
      }
      return inTime;
    }
  }

  /** Asks for what the near cache holds, on and on; the first answer that is not right, or "". */
  private static String wrongAnswer(TestClient client, AtomicBoolean done, AtomicInteger answered) {
    while (!done.get()) {
      HttpResponse<String> answer = client.get("/customer/1");
      if (answer.statusCode() != 200 || !answer.body().startsWith("[{\"C_CUSTOMER_SK\":1,")) {
        return answer.statusCode() + " " + answer.body();
      }
      answered.incrementAndGet();
    }
    return "";
  }

  @Test
  void wallClockJumps_changeNothing() throws Exception {
    Faketime faketime = Faketime.in(temporary).orElseGet(() -> abort("no libfaketime here"));
    EmbeddedRedis redis = EmbeddedRedis.start(16).orElseGet(() -> abort("no embedded Redis here"));
    Map<String, String> patient =
        Map.of(
            "PAPI_REDIS", redis.uri().toString(),
            "PAPI_REDIS_TIMEOUT", "2s",
            "PAPI_DEADLINE", "10s",
            "PAPI_ROWS", "100");
    Map<String, String> faked = new HashMap<>(patient);
    faked.put("PAPI_LOG_FORMAT", "json");
    faked.put("PAPI_ACCESS_LOG_SAMPLE", "1");
    faked.putAll(faketime.environment());
    // The other service's clock is right, and so is Redis's.
    try (redis;
        ServiceProcess service = ServiceProcess.start(temporary, faked).awaitServing();
        TestService truthful = TestService.start(patient)) {
      TestClient jumping = service.client();
      TestClient other = truthful.client();
      jumping.awaitRedis();
      other.awaitRedis();
      long began = System.nanoTime();
      assertThat(source(jumping, 1, began)).isEqualTo("redis; fwd=miss, near; fwd=miss");
      int id = 2;
      for (long jump : new long[] {3_600, -3_600, 0}) {
        assertThat(source(other, id, began)).isEqualTo("redis; fwd=miss, near; fwd=miss");
        RedisRows.awaitCustomer(redis.uri(), id);
        faketime.moveTo(Duration.ofSeconds(jump));
        Await.until("it jumps", () -> Math.abs(ahead(service) - jump) < 60);

        assertThat(source(jumping, 1, began)).isEqualTo("near; hit");
        assertThat(source(jumping, id, began)).isEqualTo("redis; hit, near; fwd=miss");
        id++;
        assertThat(source(jumping, id, began)).isEqualTo("redis; fwd=miss, near; fwd=miss");
        RedisRows.awaitCustomer(redis.uri(), id);
        assertThat(source(other, id, began)).isEqualTo("redis; hit, near; fwd=miss");
        id++;
        Await.until("rows go on growing older", () -> isReadAgain(jumping));
      }
    }
  }

  /** Where a row came from; it is no older than this test. */
  private static String source(TestClient client, int id, long began) {
    HttpResponse<String> answer = client.get("/customer/" + id);
    assertThat(answer.body()).startsWith("[{\"C_CUSTOMER_SK\":" + id + ",");
    assertThat(Long.parseLong(header(answer, "Age"))).isBetween(0L, since(began).toSeconds() + 1);
    return header(answer, "Cache-Status");
  }

  /** Whether customer 1 is read by one who wants no row that is older than a second. */
  private static boolean isReadAgain(TestClient client) {
    HttpResponse<String> answer = client.get("/customer/1", "Cache-Control", "max-age=1");
    return header(answer, "Server-Timing").contains("store");
  }

  /** How many seconds the clock of a service is ahead, by the line that it logs of a request. */
  private static long ahead(ServiceProcess service) {
    service.client().get("/");
    List<String> lines = service.log().lines().filter(line -> line.startsWith("{")).toList();
    Instant there =
        Instant.parse(
            new ObjectMapper()
                .readTree(lines.getLast())
                .get("attributes")
                .get("time")
                .stringValue());
    return Duration.between(Instant.now(), there).toSeconds();
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
