package io.papi.http.connection;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.helidon.http.DirectHandler.TransportRequest;
import io.helidon.http.RequestException;
import io.papi.http.exchange.Refusal;
import java.util.Locale;

/**
 * A request's first line as it was sent, {@code method SP target SP version} (RFC 9112, section 3).
 *
 * <p>This decides which characters a method and a target may have: the server itself takes lower
 * case for upper case, ignores a fragment, and fails on some bytes. Only the version is left to it.
 */
final class RequestLine {
  private static final int METHOD = 1;
  private static final int PATH = 2;
  private static final int QUERY = 4;
  private static final int AUTHORITY = 8;
  private static final String UNRESERVED_MARKS = "-._~";
  private static final String SUB_DELIMITERS = "!$&'()*+,;=";

  /** For each byte, what it can be a part of; a % in a path is looked at separately. */
  private static final byte[] PARTS = new byte[128];

  static {
    for (char c = '!'; c <= '~'; c++) {
      boolean upper = c >= 'A' && c <= 'Z';
      boolean digit = c >= '0' && c <= '9';
      boolean unreserved =
          upper || digit || (c >= 'a' && c <= 'z') || UNRESERVED_MARKS.indexOf(c) >= 0;
      boolean component = unreserved || SUB_DELIMITERS.indexOf(c) >= 0 || c == ':';
      int parts = 0;
      // Methods are case-sensitive, and none of those registered has a small letter.
      if (upper || digit || "!#$%&'*+-.^_`|~".indexOf(c) >= 0) {
        parts |= METHOD;
      }
      if (component || c == '@' || c == '/') {
        parts |= PATH;
      }
      // What a query means is the route's: here it is enough that it is one word, as browsers send
      // it.
      if ("#\"<>".indexOf(c) < 0) {
        parts |= QUERY;
      }
      // Who asks with a name and a password in front of the host is not to be served (RFC 9110,
      // section 4.2.4).
      if (component || c == '%' || c == '[' || c == ']') {
        parts |= AUTHORITY;
      }
      PARTS[c] = (byte) parts;
    }
  }

  private RequestLine() {}

  /**
   * The line with its target in origin form, which is the line itself but for callers who write as
   * to a proxy; routing knows no other.
   *
   * @throws RequestException 400 if it is not a request line
   */
  static byte[] checked(byte[] line) {
    int target = end(line, 0, METHOD) + 1;
    if (target == 1 || at(line, target - 1) != ' ') {
      throw malformed();
    }
    if (at(line, target) == '/') {
      checkPath(line, target);
      return line;
    }
    if (at(line, target) == '*') {
      if (!new String(line, 0, target, US_ASCII).equals("OPTIONS ")
          || at(line, target + 1) != ' ') {
        throw malformed();
      }
      return line;
    }
    return inOriginForm(line, target);
  }

  /** The method and all behind the authority of a target {@code http://authority/path?query}. */
  private static byte[] inOriginForm(byte[] line, int target) {
    String rest = new String(line, target, line.length - target, US_ASCII);
    String start = rest.substring(0, Math.min(rest.length(), 8)).toLowerCase(Locale.ROOT);
    int scheme = start.equals("https://") ? 8 : start.startsWith("http://") ? 7 : 0;
    int authorityEnd = end(line, target + scheme, AUTHORITY);
    byte next = at(line, authorityEnd);
    if (scheme == 0
        || authorityEnd == target + scheme
        || (next != '/' && next != '?' && next != ' ')) {
      throw malformed();
    }
    String method = new String(line, 0, target, US_ASCII);
    String slash = next == '/' ? "" : "/";
    byte[] origin = (method + slash + rest.substring(authorityEnd - target)).getBytes(US_ASCII);
    checkPath(origin, target);
    return origin;
  }

  private static void checkPath(byte[] line, int from) {
    int at = from;
    while (true) {
      at = end(line, at, PATH);
      if (at(line, at) == '%' && isHex(at(line, at + 1)) && isHex(at(line, at + 2))) {
        at += 3;
      } else {
        break;
      }
    }
    if (at(line, at) == '?') {
      at = end(line, at, QUERY);
    }
    if (at(line, at) != ' ') {
      throw malformed();
    }
  }

  /** Where what may be part of {@code part} ends. */
  private static int end(byte[] line, int from, int part) {
    int at = from;
    while (at < line.length && line[at] >= 0 && (PARTS[line[at]] & part) != 0) {
      at++;
    }
    return at;
  }

  private static byte at(byte[] line, int index) {
    return index < line.length ? line[index] : 0;
  }

  private static boolean isHex(byte digit) {
    return digit >= 0 && Character.digit((char) digit, 16) >= 0;
  }

  private static RequestException malformed() {
    return Refusal.MALFORMED.of(TransportRequest.empty());
  }
}
