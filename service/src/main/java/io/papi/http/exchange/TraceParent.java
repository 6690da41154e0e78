package io.papi.http.exchange;

import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The caller's place in its trace (<a href="https://www.w3.org/TR/trace-context/">W3C Trace
 * Context</a>): not understood here, but repeated, so that an answer and a log line can be matched
 * with a trace.
 */
final class TraceParent {
  private static final HeaderName NAME = HeaderNames.create("traceparent");
  private static final Pattern FORM =
      Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");
  private static final int TRACE_ID_BEGIN = 3;
  private static final int TRACE_ID_END = 35;

  private TraceParent() {}

  /** The header that an answer repeats; none if it is missing or malformed. */
  static Optional<Header> of(Headers headers) {
    if (!headers.contains(NAME)) {
      return Optional.empty();
    }
    String value = headers.get(NAME).get();
    return FORM.matcher(value).matches()
        ? Optional.of(HeaderValues.createCached(NAME, value))
        : Optional.empty();
  }

  static String traceId(Header traceParent) {
    return traceParent.get().substring(TRACE_ID_BEGIN, TRACE_ID_END);
  }
}
