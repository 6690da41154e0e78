package io.papi.loadtest.requests;

import io.gatling.javaapi.http.HttpProtocolBuilder;
import io.papi.loadtest.Options;
import io.papi.loadtest.keys.ApiKey;
import io.papi.loadtest.tokens.TokenSource;
import io.papi.loadtest.tokens.Tokens;
import java.util.Optional;

/**
 * How requests are signed in: at Snowflake's ingress by a token, where the options want one, and at
 * the service by a caller's key, if there is one.
 */
final class SigningIn {
  private final Options options;
  private final Optional<ApiKey> key;

  SigningIn(Options options, Optional<ApiKey> key) {
    this.options = options;
    this.key = key;
  }

  HttpProtocolBuilder of(HttpProtocolBuilder protocol) {
    return withKey(withToken(protocol));
  }

  private HttpProtocolBuilder withToken(HttpProtocolBuilder protocol) {
    return options
        .signIn()
        .map(way -> withToken(protocol, Tokens.ofSystem().source(way, options.url())))
        .orElse(protocol);
  }

  private static HttpProtocolBuilder withToken(HttpProtocolBuilder protocol, TokenSource source) {
    // Fails here rather than ten thousand times.
    source.token();
    return protocol.authorizationHeader(session -> source.token().authorization());
  }

  private HttpProtocolBuilder withKey(HttpProtocolBuilder protocol) {
    return key.map(one -> one.header(options.signIn().isPresent()))
        // A function, because Gatling would look for expressions of its own in a text.
        .map(header -> protocol.header(header.name(), session -> header.value()))
        .orElse(protocol);
  }
}
