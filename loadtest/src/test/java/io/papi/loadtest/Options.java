package io.papi.loadtest;

import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * What the command line chose, as {@code -Dpapi.<option>=<value>}; the rest are defaults.
 *
 * @param url where the service is, {@code papi.url}
 * @param ids the file of ids, on the class path or in the file system, {@code papi.ids}
 */
public record Options(String url, String ids) {
  private static final String PREFIX = "papi.";

  /** The options of this process. */
  public static Options ofSystem() {
    return of(System.getProperties());
  }

  /**
   * Reads the options among all system properties.
   *
   * @throws IllegalArgumentException if a property with our prefix is no option
   */
  static Options of(Properties properties) {
    Map<String, String> given = new TreeMap<>();
    for (String name : properties.stringPropertyNames()) {
      if (name.startsWith(PREFIX)) {
        given.put(name, properties.getProperty(name));
      }
    }
    // Read by Maven, which turns it into the class to run.
    given.remove(PREFIX + "simulation");
    Options options =
        new Options(
            take(given, "url", "http://localhost:8001"), take(given, "ids", "cust_ids.csv"));
    if (!given.isEmpty()) {
      throw new IllegalArgumentException("no such option: " + String.join(", ", given.keySet()));
    }
    return options;
  }

  private static String take(Map<String, String> given, String name, String otherwise) {
    String value = given.remove(PREFIX + name);
    return value == null ? otherwise : value;
  }
}
