package io.papi.store.snowflake;

import io.papi.secret.Secret;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Cuts secrets out of what a driver or a server says, also where it shows but a part of one. */
final class Redaction {
  /** Shorter parts are found in ordinary words. */
  private static final int MIN_PART = 6;

  private static final int MAX_LENGTH = 300;
  private static final String CUT = "***";

  /** A signed token, such as the driver makes of a private key. */
  private static final Pattern SIGNED =
      Pattern.compile("[A-Za-z0-9_-]{16,}\\.[A-Za-z0-9_-]{16,}\\.[A-Za-z0-9_-]{16,}");

  private Redaction() {}

  /** {@code message} in one line, not too long, without the secrets. */
  static String of(String message, List<Secret> secrets) {
    String clean = message.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    clean = SIGNED.matcher(clean).replaceAll(CUT);
    for (Secret secret : secrets) {
      clean = without(clean, secret.reveal());
    }
    return clean.length() <= MAX_LENGTH ? clean : clean.substring(0, MAX_LENGTH) + "…";
  }

  private static String without(String message, String secret) {
    String lower = secret.toLowerCase(Locale.ROOT);
    int min = Math.min(MIN_PART, secret.length());
    StringBuilder clean = new StringBuilder();
    int at = 0;
    while (at < message.length()) {
      int end = at;
      while (end < message.length()
          && lower.contains(message.substring(at, end + 1).toLowerCase(Locale.ROOT))) {
        end++;
      }
      if (end - at >= min) {
        clean.append(CUT);
        at = end;
      } else {
        clean.append(message.charAt(at));
        at++;
      }
    }
    return clean.toString();
  }
}
