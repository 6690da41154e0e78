package io.papi.service.platforms;

import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/**
 * A custom action of Adobe Journey Optimizer with its shortest time limit of one second, in which
 * it tries up to three times more. An error takes the journey's other path, which sends nothing
 * personal. Endpoints that take more than 0.75 s are moved to a slow lane.
 */
final class JourneyOptimizer implements Platform {
  /** From which on an answer is slow. */
  static final Duration SLOW = Duration.ofMillis(750);

  private static final Duration LIMIT = Duration.ofSeconds(1);
  private static final int RETRIES = 3;

  @Override
  public Message message(URI address) {
    try (Calls calls =
        new Calls(LIMIT, "Content-Type", "application/json", "X-API-Key", "static")) {
      long end = System.nanoTime() + LIMIT.toNanos();
      for (int attempt = 0; attempt <= RETRIES && System.nanoTime() < end; attempt++) {
        Optional<HttpResponse<String>> answer = calls.get(address);
        if (answer.isPresent() && answer.get().statusCode() == 200) {
          return calls.sent(Calls.hello(answer.get().body()));
        }
      }
      return calls.sent("Hello you");
    }
  }
}
