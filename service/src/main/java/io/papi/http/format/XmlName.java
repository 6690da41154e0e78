package io.papi.http.format;

import java.util.Locale;

/**
 * Names of columns as names of elements, as SQL/XML maps them (ISO 9075-14, section 9.1, "fully
 * escaped"): {@code SUM(x)} is {@code SUM_x0028_x_x0029_}. Two columns never get the same name.
 *
 * <p>All editions of XML 1.0 take ASCII letters and those of {@link #LETTERS} in a name. The fifth
 * took in more, which many parsers refuse to this day, so the others are escaped.
 */
final class XmlName {
  /** Ranges of letters, first and last: Latin, Greek, Cyrillic, Hebrew, Arabic, CJK. */
  private static final String LETTERS =
      "\u00C0\u00D6\u00D8\u00F6\u00F8\u0131\u0134\u013E\u0141\u0148\u014A\u017E"
          + "\u0388\u038A\u038E\u03A1\u03A3\u03CE\u0401\u040C\u040E\u044F\u0451\u045C"
          + "\u05D0\u05EA\u0621\u063A\u0641\u064A"
          + "\u3041\u3094\u30A1\u30FA\u4E00\u9FA5\uAC00\uD7A3";

  private XmlName() {}

  static String of(String column) {
    if (column.isEmpty()) {
      // No column of a table is; an alone underscore is the escape of nothing.
      return "_";
    }
    StringBuilder name = new StringBuilder(column.length() + 8);
    int at = 0;
    if (column.regionMatches(true, 0, "xml", 0, 3)) {
      escape(column.charAt(0), name);
      at = 1;
    }
    while (at < column.length()) {
      int c = column.codePointAt(at);
      if (stays(c, at == 0) && !looksEscaped(column, at)) {
        name.append((char) c);
      } else {
        escape(c, name);
      }
      at += Character.charCount(c);
    }
    return name.toString();
  }

  private static boolean stays(int c, boolean first) {
    if (c < 0x80) {
      return (c >= 'A' && c <= 'Z')
          || (c >= 'a' && c <= 'z')
          || c == '_'
          || (!first && ((c >= '0' && c <= '9') || c == '-' || c == '.'));
    }
    for (int i = 0; i < LETTERS.length(); i += 2) {
      if (c >= LETTERS.charAt(i) && c <= LETTERS.charAt(i + 1)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a reader could take what stands here for an escape. */
  private static boolean looksEscaped(String column, int at) {
    return column.startsWith("_x", at)
        && at + 2 < column.length()
        && Character.digit(column.charAt(at + 2), 16) >= 0;
  }

  private static void escape(int c, StringBuilder name) {
    String format = c > 0xFFFF ? "_x%06X_" : "_x%04X_";
    name.append(String.format(Locale.ROOT, format, c));
  }
}
