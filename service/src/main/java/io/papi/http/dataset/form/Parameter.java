package io.papi.http.dataset.form;

import io.papi.http.answer.Percent;
import io.papi.http.exchange.ProblemException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a request may say of its answer's form: parameters of a query string, members of a body. */
public enum Parameter {
  SHAPE,
  FIELDS,
  VIEW,
  MISSING,
  UNAVAILABLE;

  /** Each character of a name may be encoded as three. */
  private static final int MAX_RAW_NAME = 3 * "unavailable".length();

  private final String word = name().toLowerCase(Locale.ROOT);

  /** As it is written. */
  public String word() {
    return word;
  }

  /**
   * The parameter that a name means once it is decoded; empty for all others, also where it cannot
   * be decoded: callers add parameters of their own.
   */
  static Optional<Parameter> of(String rawName) {
    if (rawName.length() > MAX_RAW_NAME) {
      return Optional.empty();
    }
    String name;
    try {
      name = Percent.decode(rawName, "a name");
    } catch (ProblemException e) {
      return Optional.empty();
    }
    return Arrays.stream(values()).filter(each -> each.word.equals(name)).findFirst();
  }
}
