package io.papi.http.exchange;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.Status;

/**
 * The conditions of a request: {@code If-Match}, and then {@code If-None-Match} (RFC 9110, section
 * 13.2.2). No answer has a date of last change, so conditions on dates are ignored.
 */
public final class Preconditions {
  /** Stands for "no tag": no list of tags matches it. */
  public static final String NO_TAG = "";

  private Preconditions() {}

  /**
   * Whether the caller already has what would be sent, so 304 is enough.
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
   * @param weak whether a weak tag matches the strong one with the same letters
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
