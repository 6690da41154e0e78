package io.papi.loadtest.tokens;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code /oauth/token} of an account: it takes a form, and its answer is a token. Thread-safe. */
final class TokenEndpoint {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final URI uri;
  private final HttpClient client =
      HttpClient.newBuilder().followRedirects(Redirect.NEVER).connectTimeout(TIMEOUT).build();

  /**
   * @param account where the account is
   */
  TokenEndpoint(URI account) {
    this.uri = Transport.checked(account).resolve("/oauth/token");
  }

  /**
   * Exchanges what a form holds for a token.
   *
   * @throws TokenException if there is no answer within ten seconds, or it is no token
   */
  AccessToken exchange(Map<String, String> form) {
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .timeout(TIMEOUT)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(encoded(form)))
            .build();
    try {
      return token(client.send(request, BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new TokenException(uri + " did not answer: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TokenException("interrupted while waiting for " + uri, e);
    }
  }

  private AccessToken token(HttpResponse<String> response) {
    int status = response.statusCode();
    String type = response.headers().firstValue("Content-Type").orElse("");
    if (LoginPage.isRedirect(status) || LoginPage.isPage(type)) {
      throw new TokenException(
          uri + " answered " + status + " with a page for people: is this the account's own host?");
    }
    if (status != 200) {
      // The body of a refusal may repeat what was sent.
      throw new TokenException(
          uri + " refused with status " + status + ": wrong key, token, account, user or scope");
    }
    return new AccessToken(response.body().strip());
  }

  private static String encoded(Map<String, String> form) {
    return form.entrySet().stream()
        .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
