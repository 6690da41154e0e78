package io.papi.http.query;

import io.helidon.http.HttpPrologue;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What the requests of late have asked, by the path and query string as they were sent. Most ask
 * for what others have asked for, and reading their parameters anew would cost more than the rest
 * of a hit. Thread-safe.
 *
 * <p>It is bounded by the number and the length of what it keeps. When it is full it begins anew:
 * to know which of them are old would cost more than to read a few again.
 */
final class RecentRequests {
  private static final int MAX_REQUESTS = 1_000;
  private static final int MAX_CHARACTERS = 500;

  private final Map<String, Asked> asked = new ConcurrentHashMap<>();

  /**
   * What a request asks.
   *
   * @param reading reads it; what it refuses is not kept
   */
  Asked of(HttpPrologue prologue, Supplier<Asked> reading) {
    String path = prologue.uriPath().rawPath();
    String target = prologue.hasQuery() ? path + '?' + prologue.query().rawValue() : path;
    Asked known = asked.get(target);
    if (known == null) {
      known = reading.get();
      keep(target, known);
    }
    return known;
  }

  private void keep(String target, Asked read) {
    if (target.length() > MAX_CHARACTERS) {
      return;
    }
    if (asked.size() >= MAX_REQUESTS) {
      asked.clear();
    }
    asked.put(target, read);
  }

  /** How many it keeps. */
  int size() {
    return asked.size();
  }
}
