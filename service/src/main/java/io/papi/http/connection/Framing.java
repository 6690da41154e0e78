package io.papi.http.connection;

import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.util.List;

/**
 * How a request's head frames its body (RFC 9112, section 6), as far as there is only one way to
 * read it. All else is the server's to refuse.
 */
sealed interface Framing {

  /** So many bytes. */
  record Length(long bytes) implements Framing {}

  /** In chunks, and in no other coding. */
  record Chunked() implements Framing {}

  /** There is no body, or more than one way to find its end. */
  record None() implements Framing {}

  /** So many digits fit into a {@code long}, whatever they are. */
  int MAX_DIGITS = 18;

  static Framing of(Headers headers) {
    boolean hasLength = headers.contains(HeaderNames.CONTENT_LENGTH);
    boolean hasCoding = headers.contains(HeaderNames.TRANSFER_ENCODING);
    if (hasLength == hasCoding) {
      return new None();
    }
    HeaderName name = hasLength ? HeaderNames.CONTENT_LENGTH : HeaderNames.TRANSFER_ENCODING;
    Header header = headers.get(name);
    List<String> values = header.allValues();
    if (values.size() > 1) {
      return new None();
    }
    String value = values.getFirst();
    if (hasCoding) {
      return value.equalsIgnoreCase("chunked") ? new Chunked() : new None();
    }
    return isNumber(value) ? new Length(Long.parseLong(value)) : new None();
  }

  private static boolean isNumber(String value) {
    return !value.isEmpty()
        && value.length() <= MAX_DIGITS
        && value.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
