package io.papi.http.exchange;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.WritableHeaders;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The ids of requests: the caller's own if it is safe to repeat, else a random prefix of this
 * process and a counter. Thread-safe.
 */
public final class RequestIds {
  private static final HeaderName X_REQUEST_ID = HeaderNames.create("X-Request-Id");
  private static final JoinedHeaders.Open NOSNIFF_AND_ID =
      JoinedHeaders.of(HeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff").open(X_REQUEST_ID);
  private static final int MAX_CHARACTERS = 64;

  private final String prefix =
      HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt()) + "-";
  private final AtomicLong counter = new AtomicLong();

  /** The id of a request with {@code headers}. */
  String of(Headers headers) {
    if (headers.contains(X_REQUEST_ID)) {
      String asked = headers.get(X_REQUEST_ID).get();
      if (isSafe(asked)) {
        return asked;
      }
    }
    return prefix + Long.toString(counter.incrementAndGet(), Character.MAX_RADIX);
  }

  /** Adds what every answer has: the request's id, and that browsers must not guess the type. */
  static void addTo(WritableHeaders<?> headers, String id) {
    NOSNIFF_AND_ID.addTo(headers, id);
  }

  /** Whether it is 1 to 64 letters, digits, {@code - _ . : /}. */
  private static boolean isSafe(String id) {
    if (id.isEmpty() || id.length() > MAX_CHARACTERS) {
      return false;
    }
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      boolean alphanumeric =
          (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (!alphanumeric && "-_.:/".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }
}
