package io.papi.service.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.papi.testing.Await;
import io.papi.testing.TestClient;
import io.papi.testing.TestService;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A few callers who ask for one id each, beside many who ask for a hundred invented ids each: the
 * few are answered.
 *
 * <p>The store takes a fixed time for a statement, and callers have more time than they need, so
 * that the test sees the order in which they are served and not how busy the machine is.
 */
@Timeout(180)
class FairnessIT {
  private static final int GREEDY = 256;
  private static final int IDS = 100;
  private static final int MODEST = 8;
  private static final int REQUESTS = 10;
  private static final Duration PAUSE = Duration.ofMillis(500);

  /** The line has room for a tenth of what the greedy ask for at once. */
  private static final Map<String, String> SLOW_STORE =
      Map.of(
          "PAPI_EMBEDDED_LATENCY_P50",
          "100ms",
          "PAPI_EMBEDDED_LATENCY_P99",
          "100ms",
          "PAPI_STORE_MAX_PENDING",
          "2500",
          "PAPI_DEADLINE",
          "10s");

  private final AtomicLong invented = new AtomicLong(1_000_000);
  private final AtomicInteger greedyAnswers = new AtomicInteger();
  private final CountDownLatch done = new CountDownLatch(1);

  @Test
  void get_oneIdBesideThoseWhoAskForMany_isAnswered() throws Exception {
    List<String> failures = Collections.synchronizedList(new ArrayList<>());
    try (TestService service = TestService.start(SLOW_STORE);
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      TestClient client = service.client();
      List<Future<?>> greedy = new ArrayList<>();
      for (int i = 0; i < GREEDY; i++) {
        greedy.add(
            callers.submit(
                () -> {
                  askForMany(client);
                  return null;
                }));
      }
      Await.until("the line is full", () -> client.metric("papi_rejected_total") > 0);
      List<Future<?>> modest = new ArrayList<>();
      for (int i = 0; i < MODEST; i++) {
        modest.add(callers.submit(() -> askForOne(client, failures)));
      }
      for (Future<?> each : modest) {
        each.get();
      }
      done.countDown();
      for (Future<?> each : greedy) {
        each.get();
      }
      assertThat(failures).isEmpty();
      assertThat(greedyAnswers).hasPositiveValue();
    }
  }

  private void askForMany(TestClient client) throws InterruptedException {
    do {
      long first = invented.getAndAdd(IDS);
      String ids =
          LongStream.range(first, first + IDS)
              .mapToObj(Long::toString)
              .collect(Collectors.joining(","));
      try {
        if (client.get("/customer/" + ids).statusCode() == 200) {
          greedyAnswers.incrementAndGet();
        }
      } catch (UncheckedIOException e) {
        // a busy machine has kept it from sending its request in time, so it was closed
      }
    } while (!done.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
  }

  private void askForOne(TestClient client, List<String> failures) {
    for (int i = 0; i < REQUESTS; i++) {
      var answer = client.get("/customer/" + invented.getAndIncrement());
      if (answer.statusCode() != 200) {
        failures.add(answer.statusCode() + " " + answer.body());
      }
    }
  }
}
