package io.papi.service.platforms;

import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * A data feed of Iterable: ten seconds, a top-level object, and whatever is not a 200 skips the
 * send ({@code DataFeedError}).
 */
final class IterableFeed implements Platform {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  @Override
  public Message message(URI address) {
    try (Calls calls = new Calls(LIMIT, "Authorization", "Bearer static")) {
      Optional<HttpResponse<String>> answer = calls.get(address);
      return answer
          .filter(each -> each.statusCode() == 200)
          .map(HttpResponse::body)
          .filter(body -> new JsonMapper().readTree(body).isObject())
          .map(body -> calls.sent(Calls.hello(body)))
          .orElseGet(calls::notSent);
    }
  }
}
