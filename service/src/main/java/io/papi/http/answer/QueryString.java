package io.papi.http.answer;

import java.util.function.BiConsumer;

/** The query string of a request: {@code name=value} with ampersands between them. */
public final class QueryString {
  private QueryString() {}

  /**
   * Gives every pair to {@code action}, as it was sent: neither name nor value is decoded. A name
   * without {@code =} has an empty value.
   *
   * @param raw what follows the question mark
   */
  public static void forEach(String raw, BiConsumer<String, String> action) {
    int from = 0;
    while (from <= raw.length()) {
      int ampersand = raw.indexOf('&', from);
      int to = ampersand < 0 ? raw.length() : ampersand;
      String pair = raw.substring(from, to);
      int equals = pair.indexOf('=');
      if (equals < 0) {
        action.accept(pair, "");
      } else {
        action.accept(pair.substring(0, equals), pair.substring(equals + 1));
      }
      from = to + 1;
    }
  }
}
