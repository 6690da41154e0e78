package io.papi.http.connection;

/**
 * Finds the segments {@code .} and {@code ..} of a path, in every spelling that some proxy or
 * server takes for one: percent-encoded, between backslashes, or with parameters.
 *
 * <p>Software that resolves them sees another path than software that does not, and that is a way
 * around a proxy's rules for paths.
 */
final class DotSegments {
  private DotSegments() {}

  /**
   * @param path the path as it was sent, each % of which has two hexadecimal digits
   */
  static boolean isIn(String path) {
    if (path.indexOf('.') < 0 && path.indexOf('%') < 0) {
      return false;
    }
    // of the segment so far: how many, or -1 where there is something else
    int dots = 0;
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '%') {
        c = (char) Integer.parseInt(path, i + 1, i + 3, 16);
        i += 2;
      }
      boolean ends = c == '/' || c == '\\' || c == ';';
      if (ends && isDotSegment(dots)) {
        return true;
      }
      if (c == '.' && dots >= 0) {
        dots++;
      } else {
        dots = c == '/' || c == '\\' ? 0 : -1;
      }
    }
    return isDotSegment(dots);
  }

  private static boolean isDotSegment(int dots) {
    return dots == 1 || dots == 2;
  }
}
