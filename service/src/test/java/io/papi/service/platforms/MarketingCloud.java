package io.papi.service.platforms;

import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/**
 * {@code HttpGet} in a script of Salesforce Marketing Cloud: thirty seconds, one retry, and of an
 * error only that there was one: the script then goes on without a name.
 */
final class MarketingCloud implements Platform {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @Override
  public Message message(URI address) {
    try (Calls calls = new Calls(LIMIT, "Accept", "*/*")) {
      for (int attempt = 0; attempt < 2; attempt++) {
        Optional<HttpResponse<String>> answer = calls.get(address);
        if (answer.isPresent() && answer.get().statusCode() == 200) {
          return calls.sent(Calls.hello(answer.get().body()));
        }
      }
      return calls.sent("Hello you");
    }
  }
}
