package io.papi.chaos;

import io.papi.testing.Await;
import io.papi.testing.TestClient;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Callers who ask at a steady rate, however the service fares, and have every answer judged.
 * Thread-safe.
 */
final class Callers implements AutoCloseable {
  private static final int WARM_UP_REQUESTS = 500;

  /**
   * How often a caller asks whose kept connections turn out to be closed; the client tries twice.
   */
  private static final int TRIES = 8;

  private final TestClient client;
  private final Questions questions;
  private final Judge judge;
  private final Map<String, Known> known = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /** What a caller was answered before. */
  private record Known(String entityTag, String body) {}

  Callers(TestClient client, Questions questions, Judge judge) {
    this.client = client;
    this.questions = questions;
    this.judge = judge;
  }

  /** Asks until no request fails, as the first ones of a JVM may on a busy machine. */
  void warmUp() {
    Await.until(
        "no request fails",
        () -> {
          for (int i = 0; i < WARM_UP_REQUESTS; i++) {
            if (first(questions.next()).statusCode() != 200) {
              return false;
            }
          }
          return true;
        });
  }

  /** Has one caller ask; does not wait. Of one thread. */
  void askOne() {
    Question question = questions.next();
    var _ = threads.submit(() -> ask(question));
  }

  private void ask(Question question) {
    String path = question.path();
    Known before = question.conditional() ? known.get(path) : null;
    for (int left = TRIES - 1; left >= 0; left--) {
      long sentAt = System.nanoTime();
      try {
        HttpResponse<String> answer =
            before == null
                ? first(question)
                : client.get(path, "If-None-Match", before.entityTag());
        judge.answered(
            question,
            sentAt,
            System.nanoTime(),
            answer,
            Optional.ofNullable(before).map(Known::body));
        if (answer.statusCode() == 200 && question.repeated()) {
          known.put(
              path, new Known(answer.headers().firstValue("ETag").orElseThrow(), answer.body()));
        }
        return;
      } catch (RuntimeException e) {
        if (left == 0 || !wasClosedWhileIdle(e)) {
          judge.lost(question, e);
          return;
        }
      }
    }
  }

  private HttpResponse<String> first(Question question) {
    return question instanceof Question.OfAddresses asked && asked.posted()
        ? client.postJson(asked.path(), asked.body())
        : client.get(question.path());
  }

  /**
   * Whether the service closed the connection before it saw the request: as it may with one that
   * has been idle (RFC 9112, section 9.3.1), which the fault with thousands of them makes it do.
   */
  private static boolean wasClosedWhileIdle(RuntimeException e) {
    return String.valueOf(e.getMessage()).contains("received no bytes");
  }

  /** Waits for all who still wait. */
  @Override
  public void close() {
    threads.close();
  }
}
