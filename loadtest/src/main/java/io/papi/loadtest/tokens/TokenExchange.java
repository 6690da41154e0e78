package io.papi.loadtest.tokens;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A new token for one public endpoint at each call. Thread-safe. */
final class TokenExchange implements TokenSource {
  private final TokenEndpoint endpoint;
  private final Grant grant;
  private final String scope;
  private final InstantSource clock;

  /**
   * @param role what the token may do; without one the user's default role
   * @param ingressHost the host of the public endpoint that the token is for
   */
  TokenExchange(
      TokenEndpoint endpoint,
      Grant grant,
      Optional<String> role,
      String ingressHost,
      InstantSource clock) {
    this.endpoint = endpoint;
    this.grant = grant;
    this.scope = role.map(name -> grant.rolePrefix() + name + " ").orElse("") + ingressHost;
    this.clock = clock;
  }

  @Override
  public AccessToken token() {
    Map<String, String> form = new HashMap<>(grant.fields(clock.instant()));
    form.put("scope", scope);
    return endpoint.exchange(form);
  }
}
