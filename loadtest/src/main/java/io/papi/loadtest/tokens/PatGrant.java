package io.papi.loadtest.tokens;

import java.time.Instant;
import java.util.Map;

/** A user's programmatic access token, to be exchanged. */
final class PatGrant implements Grant {
  private final AccessToken token;

  PatGrant(AccessToken token) {
    this.token = token;
  }

  @Override
  public Map<String, String> fields(Instant now) {
    return Map.of(
        "grant_type", "urn:ietf:params:oauth:grant-type:token-exchange",
        "subject_token_type", "programmatic_access_token",
        "subject_token", token.text());
  }

  @Override
  public String rolePrefix() {
    return "session:scope:";
  }
}
