package io.papi.service.platforms;

import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/**
 * Linked content of CleverTap: five seconds, no retry, JSON alone, and a template that sees the
 * status code.
 */
final class CleverTap implements Platform {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  @Override
  public Message message(URI address) {
    try (Calls calls = new Calls(LIMIT, "Accept", "application/json")) {
      Optional<HttpResponse<String>> answer = calls.get(address);
      if (answer.isEmpty()) {
        return calls.notSent();
      }
      try {
        String text = Calls.hello(answer.get().body());
        return calls.sent(answer.get().statusCode() == 200 ? text : "Hello you");
      } catch (JacksonException e) {
        return calls.notSent();
      }
    }
  }
}
