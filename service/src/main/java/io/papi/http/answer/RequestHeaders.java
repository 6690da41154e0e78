package io.papi.http.answer;

import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** What request headers say about the answer that a caller wants (RFC 9110, RFC 9111). */
public final class RequestHeaders {
  private static final String MAX_AGE = "max-age=";

  /** More seconds than any row is kept; larger numbers mean no more than this. */
  private static final int MAX_SECONDS_DIGITS = 9;

  private RequestHeaders() {}

  /** The oldest that an answer may be: {@code max-age} or {@code no-cache}, else without bound. */
  public static long maxAgeNanos(Headers headers) {
    if (!headers.contains(HeaderNames.CACHE_CONTROL)) {
      return Long.MAX_VALUE;
    }
    long least = Long.MAX_VALUE;
    for (String value : headers.get(HeaderNames.CACHE_CONTROL).allValues()) {
      for (String directive : value.toLowerCase(Locale.ROOT).split(",", -1)) {
        least = Math.min(least, maxAgeNanos(directive.strip()));
      }
    }
    return least;
  }

  private static long maxAgeNanos(String directive) {
    if (directive.equals("no-cache")) {
      return 0;
    }
    if (!directive.startsWith(MAX_AGE)) {
      return Long.MAX_VALUE;
    }
    String seconds = directive.substring(MAX_AGE.length());
    boolean isNumber =
        !seconds.isEmpty()
            && seconds.length() <= MAX_SECONDS_DIGITS
            && seconds.chars().allMatch(c -> c >= '0' && c <= '9');
    return isNumber ? TimeUnit.SECONDS.toNanos(Long.parseLong(seconds)) : Long.MAX_VALUE;
  }
}
