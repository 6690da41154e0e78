package io.papi.http.answer;

import io.papi.http.exchange.Problem;
import io.papi.http.exchange.ProblemException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Percent-encoding of UTF-8 (RFC 3986, section 2.1). A {@code +} is a plus. */
public final class Percent {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final String UNRESERVED_MARKS = "-._~";

  private Percent() {}

  /**
   * Decodes {@code raw} once.
   *
   * @param where what it is, as in "the path", for problems
   * @throws ProblemException 400 if it is not encoded UTF-8
   */
  public static String decode(String raw, String where) {
    if (isPlain(raw)) {
      return raw;
    }
    ByteBuffer bytes = ByteBuffer.allocate(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '%') {
        bytes.put(hexByte(raw, i + 1, where));
        i += 2;
      } else if (c < 128) {
        bytes.put((byte) c);
      } else {
        throw bad(where + " has a character that is not ASCII: percent-encode it");
      }
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
    } catch (CharacterCodingException e) {
      throw bad(where + " is not UTF-8");
    }
  }

  /** Encodes all but letters, digits and {@code - . _ ~}. */
  public static String encode(String text) {
    StringBuilder encoded = new StringBuilder(text.length());
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) each;
      boolean alphanumeric =
          (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (alphanumeric || UNRESERVED_MARKS.indexOf(c) >= 0) {
        encoded.append(c);
      } else {
        encoded.append('%').append(HEX.toHexDigits(each));
      }
    }
    return encoded.toString();
  }

  private static boolean isPlain(String raw) {
    for (int i = 0; i < raw.length(); i++) {
      if (raw.charAt(i) == '%' || raw.charAt(i) >= 128) {
        return false;
      }
    }
    return true;
  }

  private static byte hexByte(String raw, int from, String where) {
    int high = from + 1 < raw.length() ? hexDigit(raw.charAt(from)) : -1;
    int low = from + 1 < raw.length() ? hexDigit(raw.charAt(from + 1)) : -1;
    if (high < 0 || low < 0) {
      throw bad(where + " has a % without two hexadecimal digits");
    }
    return (byte) (high << 4 | low);
  }

  private static int hexDigit(char c) {
    return c < 128 ? Character.digit(c, 16) : -1;
  }

  private static ProblemException bad(String detail) {
    return new ProblemException(Problem.badRequest(detail));
  }
}
