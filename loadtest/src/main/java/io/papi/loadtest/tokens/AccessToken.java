package io.papi.loadtest.tokens;

import java.util.regex.Pattern;

/** What a caller shows at a public endpoint. Its {@code toString} does not show it. */
public record AccessToken(String text) {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._~+/:=-]+");

  /**
   * @throws TokenException if the text cannot be a token; the message does not show it
   */
  public AccessToken {
    if (!FORM.matcher(text).matches()) {
      throw new TokenException(
          "what was given as a token has " + text.length() + " characters, some of no token");
    }
  }

  /** The value of the header {@code Authorization}. */
  public String authorization() {
    return "Snowflake Token=\"" + text + "\"";
  }

  @Override
  public String toString() {
    return "***";
  }
}
