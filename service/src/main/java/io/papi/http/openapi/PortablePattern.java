package io.papi.http.openapi;

import java.util.regex.Pattern;

/**
 * Patterns that mean the same to Java and to JSON Schema, whose patterns are those of ECMAScript
 * (ECMA-262). What only Java knows is not given to others: possessive quantifiers, flags, named
 * groups, classes in classes, and all letters behind a backslash but {@code d} and {@code w}.
 */
final class PortablePattern {
  /** No control characters, in ECMAScript's spelling. */
  static final String NO_CONTROLS = "^[^\\u0000-\\u001f\\u007f-\\u009f]*$";

  /** A control character. */
  static final String A_CONTROL = "[\\u0000-\\u001f\\u007f-\\u009f]";

  private static final String ESCAPED = "\\\\[dw\\\\/.^$|?*+()\\[\\]{}-]";
  private static final String LITERAL = "[\\p{L}\\p{N} _!\"#%&',/:;<=>@`~.-]";
  private static final String CLASS =
      "\\[\\^?(?:[\\p{L}\\p{N} _!\"#%',/:;<=>@`~.+*?$(){}|-]|" + ESCAPED + ")+]";
  private static final String QUANTIFIER = "(?:[?*+]\\??|\\{[0-9]+(?:,[0-9]*)?}\\??)?";
  private static final Pattern PORTABLE =
      Pattern.compile(
          "(?:(?:"
              + ESCAPED
              + "|"
              + LITERAL
              + "|"
              + CLASS
              + "|\\)|\\(\\?:)"
              + QUANTIFIER
              + "|[|^$(])*+");

  private PortablePattern() {}

  /** Whether a pattern that Java takes is one. Some that are, are not found to be. */
  static boolean is(String pattern) {
    return PORTABLE.matcher(pattern).matches();
  }

  /** The pattern of the texts of which {@code pattern} matches all. */
  static String whole(String pattern) {
    return "^(?:" + pattern + ")$";
  }
}
