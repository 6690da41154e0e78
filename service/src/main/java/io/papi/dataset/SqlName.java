package io.papi.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Names as SQL takes them: {@code EMAIL}, which means the same in small letters, or {@code
 * "e-mail"}, which stands between double quotes and is taken as it is.
 */
public final class SqlName {
  private static final char QUOTE = '"';

  private SqlName() {}

  public static boolean isQuoted(String name) {
    return !name.isEmpty() && name.charAt(0) == QUOTE;
  }

  /** The name without its quotes, as an answer shows it; a quote within is doubled in SQL. */
  public static String unquoted(String name) {
    return isQuoted(name) ? name.substring(1, name.length() - 1).replace("\"\"", "\"") : name;
  }

  /** {@code name} between quotes. */
  public static String quoted(String name) {
    return QUOTE + name.replace("\"", "\"\"") + QUOTE;
  }

  /** The name that a database has for it: without quotes it means the one in capital letters. */
  public static String exact(String name) {
    return isQuoted(name) ? unquoted(name) : name.toUpperCase(Locale.ROOT);
  }

  /** The names in a name such as {@code API.DATA."my table"}; a dot between quotes is no end. */
  public static List<String> parts(String name) {
    List<String> parts = new ArrayList<>();
    boolean isWithin = false;
    int start = 0;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == QUOTE) {
        isWithin = !isWithin;
      } else if (c == '.' && !isWithin) {
        parts.add(name.substring(start, i));
        start = i + 1;
      }
    }
    parts.add(name.substring(start));
    return parts;
  }
}
