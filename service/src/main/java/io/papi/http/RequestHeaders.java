package io.papi.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** What callers say in request headers about the answer that they want (RFC 9110, RFC 9111). */
final class RequestHeaders {
  private static final String MAX_AGE = "max-age=";

  /** More seconds than any row is kept; larger numbers mean no more than this. */
  private static final int MOST_SECONDS_DIGITS = 9;

  private RequestHeaders() {}

  /** The oldest that an answer may be: {@code max-age} or {@code no-cache}, else without bound. */
  static long maxAgeNanos(Headers headers) {
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
            && seconds.length() <= MOST_SECONDS_DIGITS
            && seconds.chars().allMatch(c -> c >= '0' && c <= '9');
    return isNumber ? TimeUnit.SECONDS.toNanos(Long.parseLong(seconds)) : Long.MAX_VALUE;
  }

  /** Whether {@code If-None-Match} names {@code entityTag}, by weak comparison, or any. */
  static boolean matches(Headers headers, String entityTag) {
    if (!headers.contains(HeaderNames.IF_NONE_MATCH)) {
      return false;
    }
    List<String> values = headers.get(HeaderNames.IF_NONE_MATCH).allValues();
    for (String value : values) {
      for (String tag : value.split(",", -1)) {
        String stripped = tag.strip();
        String strong = stripped.startsWith("W/") ? stripped.substring(2) : stripped;
        if (strong.equals(entityTag) || strong.equals("*")) {
          return true;
        }
      }
    }
    return false;
  }
}
