package io.papi.service.platforms;

import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Braze's Connected Content with {@code :retry}: two seconds for a call, two calls for a recipient.
 * An error is tried again up to five times, and then the message is aborted. 404 renders nothing.
 * Only an object with a status of 2xx gets {@code __http_status_code__}, which the template looks
 * at. It does not wait between the tries here.
 */
final class Braze implements Platform {
  private static final Duration LIMIT = Duration.ofSeconds(2);
  private static final int CALLS_FOR_A_RECIPIENT = 2;
  private static final int RETRIES = 5;

  @Override
  public Message message(URI address) {
    try (Calls calls = new Calls(LIMIT, "Content-Type", "application/json", "Accept", "*/*")) {
      Optional<String> text = Optional.empty();
      for (int i = 0; i < CALLS_FOR_A_RECIPIENT; i++) {
        text = rendered(calls, address);
        if (text.isEmpty()) {
          return calls.notSent();
        }
      }
      return calls.sent(text.orElseThrow());
    }
  }

  /** Empty if the message is aborted. */
  private static Optional<String> rendered(Calls calls, URI address) {
    for (int attempt = 0; attempt <= RETRIES; attempt++) {
      Optional<HttpResponse<String>> answer = calls.get(address);
      int status = answer.map(HttpResponse::statusCode).orElse(0);
      if (status == 404) {
        return Optional.of("");
      }
      if (status / 100 == 2) {
        String body = answer.orElseThrow().body();
        boolean hasStatusCode = new JsonMapper().readTree(body).isObject();
        return Optional.of(hasStatusCode ? Calls.hello(body) : "Hello ");
      }
    }
    return Optional.empty();
  }
}
