package io.papi.config.tree;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.charset.Charset;
import java.util.Locale;

/**
 * The characters of environment variables. Outside of Windows these are bytes, which Java has read
 * in the encoding of the locale: in {@code LC_ALL=C} all but ASCII is lost, and in an older
 * encoding a letter in UTF-8 becomes two others. Nothing can be set against it once Java runs.
 */
public final class Characters {
  private static final char LOST = '\uFFFD';

  private Characters() {}

  /** {@code value} with each character that may not be what was set replaced by U+FFFD. */
  public static String ofVariable(String value) {
    String encoding = System.getProperty("sun.jnu.encoding", UTF_8.name());
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    return system.startsWith("windows") ? value : ofVariable(value, encoding);
  }

  /** The same, read in {@code encoding}. */
  public static String ofVariable(String value, String encoding) {
    boolean isSure = Charset.isSupported(encoding) && Charset.forName(encoding).equals(UTF_8);
    return isSure ? value : value.replaceAll("[^\\x00-\\x7F]", String.valueOf(LOST));
  }
}
