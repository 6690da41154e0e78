package io.papi.http.dataset;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.WritableHeaders;
import io.papi.http.answer.Findings;
import io.papi.http.answer.Percent;
import io.papi.lookup.Key;
import java.util.List;

/**
 * The headers that name the ids in whose place the default row is shown: percent-encoded, with
 * commas between them, or only their number where the names would take too much room.
 */
final class DefaultedHeaders {
  private static final HeaderName MISSING = HeaderNames.create("X-Papi-Defaulted");
  private static final HeaderName UNAVAILABLE = HeaderNames.create("X-Papi-Defaulted-Unavailable");
  private static final int MAX_CHARACTERS = 2_048;

  private DefaultedHeaders() {}

  /** Adds one for ids without a row and one for ids without an answer, where there are any. */
  static void add(Findings findings, WritableHeaders<?> headers) {
    add(MISSING, findings.defaulted(), headers);
    add(UNAVAILABLE, findings.standIns(), headers);
  }

  private static void add(HeaderName name, List<Key> keys, WritableHeaders<?> headers) {
    if (!keys.isEmpty()) {
      headers.set(HeaderValues.create(name, value(keys)));
    }
  }

  /** An encoded id has no {@code =}, so a number cannot be taken for one. */
  static String value(List<Key> keys) {
    StringBuilder value = new StringBuilder();
    for (Key key : keys) {
      value.append(value.isEmpty() ? "" : ",").append(Percent.encode(key.text()));
      if (value.length() > MAX_CHARACTERS) {
        return "count=" + keys.size();
      }
    }
    return value.toString();
  }
}
