package io.papi.dataset;

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
}
