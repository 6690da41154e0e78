package io.papi.http.connection;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The names by which a browser may call this service: those that are configured, those of this
 * machine for itself, and every address.
 *
 * <p>An address is always right: what a page's browser sends as the host of its own site is an
 * address only where the page came from there, and no name server can lead an address elsewhere.
 * Immutable.
 */
public final class OwnNames {
  private static final String LOCAL = "localhost";
  private static final String ANY_BELOW = "*.";
  private static final Pattern ADDRESS = Pattern.compile("[0-9]+(\\.[0-9]+){3}|\\[[0-9a-f:.]+]");

  private final Set<String> names = new HashSet<>();

  /** The ends of names, each with the dot before it. */
  private final List<String> ends;

  /**
   * @param configured names in any case; {@code *.example.com} is every name that ends so
   */
  public OwnNames(List<String> configured) {
    List<String> lower = configured.stream().map(each -> each.toLowerCase(Locale.ROOT)).toList();
    this.ends =
        lower.stream().filter(each -> each.startsWith(ANY_BELOW)).map(e -> e.substring(1)).toList();
    names.add(LOCAL);
    names.addAll(lower);
  }

  /**
   * Whether {@code host} is one of them.
   *
   * @param host as the header of a request has it: a name or address, with or without a port
   */
  boolean contains(String host) {
    String name = withoutPort(host.toLowerCase(Locale.ROOT));
    return names.contains(name)
        || ADDRESS.matcher(name).matches()
        || ends.stream().anyMatch(name::endsWith);
  }

  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    String name = colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }
}
