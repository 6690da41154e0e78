package io.papi.http.answer;

/** A caller's own words as problems repeat them. */
public final class Shown {
  private static final int MAX_CHARACTERS = 64;

  private Shown() {}

  /** The beginning of {@code text}; no character is cut in two, which JSON could not say. */
  public static String of(String text) {
    if (text.codePointCount(0, text.length()) <= MAX_CHARACTERS) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, MAX_CHARACTERS)) + "…";
  }
}
