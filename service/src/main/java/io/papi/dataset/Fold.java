package io.papi.dataset;

import java.util.Locale;

/** What is done to a value before it is looked for, so that its other spellings are found too. */
public enum Fold {
  /** Nothing. */
  NONE,
  /** Small letters, whatever the language (Unicode's full mapping, no locale's). */
  LOWER;

  public String of(String value) {
    return switch (this) {
      case NONE -> value;
      case LOWER -> value.toLowerCase(Locale.ROOT);
    };
  }
}
