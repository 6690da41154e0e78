package io.papi.http.exchange;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.Status;

/**
 * What callers make an answer depend on: {@code If-Match}, and after it {@code If-None-Match} (RFC
 * 9110, section 13.2.2). No answer has a date of its last change, so that the conditions on one do
 * not count.
 */
public final class Preconditions {
  /** The tag of what has none: no list of tags names it. */
  public static final String NO_TAG = "";

  private Preconditions() {}

  /**
   * Whether the caller has what would be sent, so that 304 says enough.
   *
   * @param entityTag the strong tag of what would be sent, or {@link #NO_TAG}
   * @throws ProblemException 412 if {@code If-Match} does not name it
   */
  public static boolean isUnchanged(Headers headers, String entityTag) {
    if (headers.contains(HeaderNames.IF_MATCH)
        && !names(headers, HeaderNames.IF_MATCH, entityTag, false)) {
      throw new ProblemException(
          Problem.of(
              Status.PRECONDITION_FAILED_412, "what is here now is not what If-Match names"));
    }
    return headers.contains(HeaderNames.IF_NONE_MATCH)
        && names(headers, HeaderNames.IF_NONE_MATCH, entityTag, true);
  }

  /**
   * Whether the header {@code name} is {@code *} or lists {@code entityTag}.
   *
   * @param weak whether a weak tag names the strong one with the same letters
   */
  private static boolean names(Headers headers, HeaderName name, String entityTag, boolean weak) {
    for (String value : headers.get(name).allValues()) {
      if (value.strip().equals("*")) {
        return true;
      }
      for (String listed : value.split(",", -1)) {
        String tag = listed.strip();
        if (weak && tag.startsWith("W/")) {
          tag = tag.substring(2);
        }
        if (!tag.isEmpty() && tag.equals(entityTag)) {
          return true;
        }
      }
    }
    return false;
  }
}
