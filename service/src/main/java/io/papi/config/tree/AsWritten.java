package io.papi.config.tree;

import java.util.regex.Pattern;

/** Finds values that cannot be what somebody wrote, or meant. No message repeats the value. */
final class AsWritten {
  /** What stands for bytes that are no characters in the encoding that they were read in. */
  private static final int REPLACEMENT = 0xFFFD;

  /** A substitution that nobody has made: HOCON makes none between double quotes. */
  private static final Pattern SUBSTITUTION =
      Pattern.compile("\\$\\{\\??[A-Za-z_][A-Za-z0-9_.-]*}");

  private AsWritten() {}

  /**
   * Checks the texts of a value.
   *
   * @throws ConfigurationException if one of them lost characters, or is an open substitution
   */
  static void check(String path, Node node) {
    switch (node) {
      case Node.Text(String text, _) -> check(path, text);
      case Node.Items(var nodes, _) -> nodes.forEach(each -> check(path, each));
      case Node.InFile _, Node.Members _ -> {}
    }
  }

  private static void check(String path, String text) {
    if (text.indexOf(REPLACEMENT) >= 0) {
      throw new ConfigurationException(
          path
              + " has characters that cannot be read: write a file in UTF-8, and start with"
              + " LC_ALL=C.UTF-8 or give a secret by its file");
    }
    if (SUBSTITUTION.matcher(text.strip()).matches()) {
      throw new ConfigurationException(
          path
              + " is a substitution that is not made: only a configuration file has them, and only"
              + " outside of double quotes, as in password = ${PW}");
    }
  }
}
