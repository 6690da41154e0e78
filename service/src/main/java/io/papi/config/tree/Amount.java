package io.papi.config.tree;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number with its unit, as in {@code 150ms} or {@code 64 MiB}. */
record Amount<U>(long number, U unit) {
  private static final Pattern WRITTEN = Pattern.compile("([0-9]{1,9}) ?([A-Za-z]+)");

  /**
   * What {@code text} says; empty if it is no such amount.
   *
   * @param units by their names
   */
  static <U> Optional<Amount<U>> of(String text, Map<String, U> units) {
    Matcher matcher = WRITTEN.matcher(text);
    return matcher.matches()
        ? Optional.ofNullable(units.get(matcher.group(2)))
            .map(unit -> new Amount<>(Long.parseLong(matcher.group(1)), unit))
        : Optional.empty();
  }
}
