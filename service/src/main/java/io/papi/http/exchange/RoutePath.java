package io.papi.http.exchange;

/** The paths of a route, as they are sent: all of them have the same first segment. */
public interface RoutePath {

  /** The first segment, with the slash before it. */
  String first();

  boolean matches(String rawPath);

  /** This one path. */
  static RoutePath of(String path) {
    return new Fixed(path, true);
  }

  /** All paths that begin with {@code prefix}, which has a whole first segment. */
  static RoutePath under(String prefix) {
    return new Fixed(prefix, false);
  }

  /** The first segment of a path, with the slash before it. */
  static String first(String path) {
    int end = path.indexOf('/', 1);
    return end < 0 ? path : path.substring(0, end);
  }

  /**
   * A text that does not depend on the path.
   *
   * @param path all of it, or its beginning
   * @param whole whether it is all of it
   */
  record Fixed(String path, boolean whole) implements RoutePath {

    @Override
    public String first() {
      return RoutePath.first(path);
    }

    @Override
    public boolean matches(String rawPath) {
      return whole ? rawPath.equals(path) : rawPath.startsWith(path);
    }
  }
}
