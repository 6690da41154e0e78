package io.papi.loadtest.tokens;

/**
 * The answer of Snowflake to a caller whom it does not know: not 401 but a redirect to a page for
 * people to sign in. A program must not follow it.
 */
public final class LoginPage {
  /** What such an answer means. */
  public static final String MEANING =
      "login page: token missing, expired or not for this endpoint";

  private static final String HTML = "text/html";

  private LoginPage() {}

  /** Whether a status is a redirect. */
  public static boolean isRedirect(int status) {
    return status >= 300 && status < 400 && status != 304;
  }

  /** Whether a content type is that of a page. */
  public static boolean isPage(String contentType) {
    return contentType.startsWith(HTML);
  }
}
