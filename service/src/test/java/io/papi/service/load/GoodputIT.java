package io.papi.service.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.papi.testing.TestClient;
import io.papi.testing.TestService;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Ten times as many requests as the store can answer, by callers who do not wait for each other.
 *
 * <p>The store takes a fixed time for a statement, so its capacity does not depend on how busy the
 * machine is. What it answers is measured in turn at its capacity and at ten times that.
 */
@Timeout(120)
class GoodputIT {
  private static final int ROWS = 2_000;
  private static final int CONNECTIONS = 2;
  private static final int BATCH = 4;
  private static final int ROUNDS = 3;
  private static final int TIMES_CAPACITY = 10;
  private static final double MIN_GOODPUT = 0.9;
  private static final Duration PHASE = Duration.ofSeconds(3);
  private static final Duration DEADLINE = Duration.ofSeconds(1);

  /** No cache, and limits as they are by default: the queue is far longer than the deadline. */
  private static final Map<String, String> SLOW_STORE =
      Map.of(
          "PAPI_EMBEDDED_LATENCY_P50",
          "80ms",
          "PAPI_EMBEDDED_LATENCY_P99",
          "80ms",
          "PAPI_EMBEDDED_STATEMENTS",
          String.valueOf(CONNECTIONS),
          "PAPI_STORE_CONNECTIONS",
          String.valueOf(CONNECTIONS),
          "PAPI_STORE_MAX_BATCH",
          String.valueOf(BATCH),
          "PAPI_NEAR_MEMORY",
          "0 MiB",
          "PAPI_DEADLINE",
          DEADLINE.toSeconds() + "s");

  private final AtomicInteger nextId = new AtomicInteger();

  /** What one phase came to. Thread-safe. */
  private static final class Tally {
    private final AtomicInteger inPhase = new AtomicInteger();
    private final List<Long> answeredAfter = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger late = new AtomicInteger();
    private final List<String> wrong = Collections.synchronizedList(new ArrayList<>());

    void add(int id, HttpResponse<String> answer, long nanos, boolean isInPhase) {
      int status = answer.statusCode();
      if (status == 200 && answer.body().startsWith("[{\"C_CUSTOMER_SK\":" + id + ",")) {
        answeredAfter.add(nanos);
        if (isInPhase) {
          inPhase.incrementAndGet();
        }
      } else if (status == 503 && answer.headers().firstValue("Retry-After").isPresent()) {
        refused.incrementAndGet();
      } else if (status == 504) {
        late.incrementAndGet();
      } else {
        wrong.add(id + ": " + status + " " + answer.body());
      }
    }

    Duration answeredAfter(double part) {
      List<Long> sorted = answeredAfter.stream().sorted().toList();
      return Duration.ofNanos(sorted.get((int) (part * (sorted.size() - 1))));
    }

    int all() {
      return answeredAfter.size() + refused.get() + late.get() + wrong.size();
    }
  }

  @Test
  void get_tenTimesTheCapacity_isAnsweredAsMuchAsTheCapacity() throws Exception {
    try (TestService service = TestService.start(SLOW_STORE)) {
      TestClient client = service.client();
      Tally capacity = new Tally();
      Tally overload = new Tally();
      for (int round = 0; round < ROUNDS; round++) {
        int before = capacity.inPhase.get();
        saturate(client, capacity);
        int rate = (int) ((capacity.inPhase.get() - before) / PHASE.toSeconds());
        flood(client, overload, TIMES_CAPACITY * rate);
      }
      assertThat(capacity.wrong).isEmpty();
      assertThat(overload.wrong).isEmpty();
      assertThat(overload.inPhase.get())
          .isGreaterThanOrEqualTo((int) (MIN_GOODPUT * capacity.inPhase.get()));
      assertThat(overload.refused.get()).isGreaterThan(5 * overload.answeredAfter.size());
      assertThat(overload.answeredAfter(0.99)).isLessThan(DEADLINE.plusMillis(250));
      assertThat(overload.late.get()).isLessThan(overload.all() / 50);
    }
  }

  /** As many callers as keep every statement full, each of whom waits for its answer. */
  private void saturate(TestClient client, Tally tally) {
    long end = System.nanoTime() + PHASE.toNanos();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int caller = 0; caller < 3 * CONNECTIONS * BATCH; caller++) {
        callers.execute(
            () -> {
              while (System.nanoTime() - end < 0) {
                ask(client, tally, end);
              }
            });
      }
    }
  }

  /** So many requests a second, whatever becomes of them; health is asked all the while. */
  private void flood(TestClient client, Tally tally, int perSecond) {
    AtomicInteger unhealthy = new AtomicInteger();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor()) {
      long began = System.nanoTime();
      long end = began + PHASE.toNanos();
      AtomicInteger sent = new AtomicInteger();
      var flood =
          clock.scheduleAtFixedRate(
              () -> {
                long due = (System.nanoTime() - began) * perSecond / 1_000_000_000L;
                while (sent.get() < due) {
                  sent.incrementAndGet();
                  callers.execute(() -> ask(client, tally, end));
                }
              },
              0,
              2,
              TimeUnit.MILLISECONDS);
      while (System.nanoTime() - end < 0) {
        if (client.admin("/health/ready").statusCode() != 200) {
          unhealthy.incrementAndGet();
        }
      }
      flood.cancel(false);
    }
    assertThat(unhealthy).hasValue(0);
  }

  private void ask(TestClient client, Tally tally, long end) {
    int id = nextId.updateAndGet(last -> last % ROWS + 1);
    long began = System.nanoTime();
    HttpResponse<String> answer = client.get("/customer/" + id);
    long now = System.nanoTime();
    tally.add(id, answer, now - began, now - end < 0);
  }
}
