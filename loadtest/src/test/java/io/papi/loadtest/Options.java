package io.papi.loadtest;

import io.papi.loadtest.tokens.SignIn;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the command line chose, as {@code -Dpapi.<option>=<value>}. A simulation names the options
 * that it takes, and any other is an error. Immutable.
 */
public final class Options {
  private static final String PREFIX = "papi.";
  private static final String URL = "url";
  private static final String IDS = "ids";

  /** Read by Maven, which turns it into the class to run. */
  private static final String SIMULATION = "simulation";

  private static final String SIGN_IN = "sign-in";

  private static final String KEY_FILE = "key-file";

  private static final Set<String> COMMON = Set.of(URL, IDS, SIGN_IN, KEY_FILE, SIMULATION);

  private static final Pattern WHOLE = Pattern.compile("[1-9][0-9]{0,6}");
  private static final Pattern DURATION = Pattern.compile("([1-9][0-9]{0,4})([smh])");

  private final Set<String> known;
  private final Map<String, String> given;

  private Options(Set<String> known, Map<String, String> given) {
    this.known = known;
    this.given = given;
  }

  /**
   * The options of this process.
   *
   * @param names what the simulation takes besides {@code url}, {@code ids}, {@code sign-in} and
   *     {@code key-file}
   * @throws IllegalArgumentException if a property with our prefix is none of them
   */
  public static Options ofSystem(String... names) {
    return of(System.getProperties(), names);
  }

  static Options of(Properties properties, String... names) {
    Set<String> known = new TreeSet<>(COMMON);
    known.addAll(Set.of(names));
    Map<String, String> given = new TreeMap<>();
    for (String property : properties.stringPropertyNames()) {
      if (property.startsWith(PREFIX)) {
        String name = property.substring(PREFIX.length());
        if (!known.contains(name)) {
          throw new IllegalArgumentException(
              property + " is no option here; there are " + String.join(", ", known));
        }
        given.put(name, properties.getProperty(property));
      }
    }
    return new Options(known, given);
  }

  /** Where the service is, {@code papi.url}: scheme, host and port. */
  public URI url() {
    return url(URL, "http://localhost:8001");
  }

  /** The file of ids, on the class path or in the file system, {@code papi.ids}. */
  public String ids() {
    return text(IDS, "cust_ids.csv");
  }

  /**
   * How to get past the door of a public endpoint, {@code papi.sign-in}; without it there is none.
   */
  public Optional<SignIn> signIn() {
    return Optional.ofNullable(given.get(SIGN_IN)).map(SignIn::of);
  }

  /** The file of the caller's key, {@code papi.key-file}; without it no key is sent. */
  public Optional<Path> keyFile() {
    return Optional.ofNullable(given.get(KEY_FILE)).map(Path::of);
  }

  /** A file that has no default; {@code meaning} is said where it is missing. */
  public Path file(String name, String meaning) {
    return Path.of(needed(name, meaning));
  }

  /** A scheme, host and port. */
  public URI url(String name, String otherwise) {
    String text = text(name, otherwise);
    URI url = URI.create(text);
    boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    if (!web || url.getHost() == null || !url.getRawPath().isEmpty()) {
      throw notAllowed(name, text, "a URL without a path, such as http://localhost:8001");
    }
    return url;
  }

  /** A whole number from 1 to 9,999,999. */
  public int whole(String name, int otherwise) {
    String text = text(name, Integer.toString(otherwise));
    if (!WHOLE.matcher(text).matches()) {
      throw notAllowed(name, text, "a whole number from 1 to 9999999");
    }
    return Integer.parseInt(text);
  }

  /** A whole number that has no default; {@code meaning} is said where it is missing. */
  public int whole(String name, String meaning) {
    needed(name, meaning);
    return whole(name, 1);
  }

  /** A time such as {@code 90s}, {@code 30m} or {@code 2h}, {@code max} at the most. */
  public Duration duration(String name, Duration otherwise, Duration max) {
    if (!given.containsKey(name)) {
      return otherwise;
    }
    String text = text(name, "");
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw notAllowed(name, text, "a time such as 90s, 30m or 2h");
    }
    long seconds = Long.parseLong(matcher.group(1));
    if (!matcher.group(2).equals("s")) {
      seconds *= matcher.group(2).equals("m") ? 60 : 3_600;
    }
    if (seconds > max.toSeconds()) {
      throw notAllowed(name, text, "at most " + max.toSeconds() + "s");
    }
    return Duration.ofSeconds(seconds);
  }

  private String needed(String name, String meaning) {
    String text = text(name, "");
    if (text.isEmpty()) {
      throw new IllegalArgumentException(PREFIX + name + " is needed: " + meaning);
    }
    return text;
  }

  private String text(String name, String otherwise) {
    if (!known.contains(name)) {
      throw new IllegalStateException(name + " is not among the options that were named");
    }
    return given.getOrDefault(name, otherwise);
  }

  private static IllegalArgumentException notAllowed(String name, String text, String form) {
    return new IllegalArgumentException(PREFIX + name + " is " + text + ", not " + form);
  }
}
