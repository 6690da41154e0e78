package io.papi.config.tree;

import io.papi.secret.SecretFile;
import java.net.InetAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A kind of value: how it is read, and what is said of one that is not allowed. */
@FunctionalInterface
public interface Type<T> {
  /**
   * Reads a value.
   *
   * @param path the key's whole name
   * @throws ConfigurationException that names the key, the value and what is allowed
   */
  T read(String path, Node node);

  /** Any text. */
  static Type<String> text() {
    return ofText((_, text) -> text);
  }

  /** A secret: every character counts, but the end of a last line. */
  static Type<String> secret() {
    return (path, node) -> SecretFile.withoutLineEnd(single(path, node).text());
  }

  /** A secret of visible ASCII characters, as tokens and addresses are. */
  static Type<String> visibleSecret() {
    return (path, node) -> {
      String text = secret().read(path, node);
      if (!text.chars().allMatch(each -> each > ' ' && each <= '~')) {
        throw new ConfigurationException(
            path + " has a blank or another character that none has: copy it again");
      }
      return text;
    };
  }

  /** Any text, of which every character counts. */
  static Type<String> exactText() {
    return (path, node) -> single(path, node).text();
  }

  /** An object, whose names are the operator's own; {@link Section#each} reads what is in it. */
  static Type<Node.Members> object() {
    return (path, node) -> {
      if (node instanceof Node.Members members) {
        return members;
      }
      throw new ConfigurationException(path + " is a value, not a section with keys of its own");
    };
  }

  /** Text of a form that {@code described} puts into words. */
  static Type<String> text(Pattern form, String described) {
    return ofText(
        (path, text) -> {
          if (!form.matcher(text).matches()) {
            throw notAllowed(path, text, described);
          }
          return text;
        });
  }

  /** An address of a machine, of IPv4 or IPv6, and no name. */
  static Type<InetAddress> address() {
    return ofText(
        (path, text) -> {
          try {
            return InetAddress.ofLiteral(text);
          } catch (IllegalArgumentException e) {
            throw notAllowed(path, text, "an address such as 127.0.0.1, 0.0.0.0 or ::1");
          }
        });
  }

  /** The name of a file; a relative one starts from the folder of the file that it stands in. */
  static Type<Path> file() {
    return (path, node) -> {
      Node.Text text = single(path, node);
      return text.origin().base().resolve(path(text.text().strip()));
    };
  }

  /** The name of a file that is there, and that this user may read. */
  static Type<Path> readableFile() {
    return (path, node) -> {
      Path file = file().read(path, node);
      try {
        HoconFile.checkReadable(file);
      } catch (ConfigurationException e) {
        throw new ConfigurationException(path + ": " + e.getMessage());
      }
      return file;
    };
  }

  /** The text of a file in UTF-8 that is there, and that this user may read. */
  static Type<String> textOfFile() {
    return (path, node) -> {
      Path file = readableFile().read(path, node);
      try {
        return HoconFile.text(file);
      } catch (ConfigurationException e) {
        throw new ConfigurationException(path + ": " + e.getMessage());
      }
    };
  }

  /**
   * The file that {@code name} names.
   *
   * @throws ConfigurationException if no file can have that name here
   */
  static Path path(String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      // without the cause: its message repeats the name
      throw new ConfigurationException(
          "no file can have this name in this locale (sun.jnu.encoding is "
              + System.getProperty("sun.jnu.encoding")
              + "): start with LC_ALL=C.UTF-8, or give it another name");
    }
  }

  /** A whole number from {@code min} to {@code max}. */
  static Type<Integer> whole(int min, int max) {
    Type<String> digits = text(Pattern.compile("[0-9]{1,9}"), "a whole number");
    return (path, node) -> {
      String text = digits.read(path, node);
      int value = Integer.parseInt(text);
      if (value < min || value > max) {
        throw notAllowed(path, text, min + " to " + max);
      }
      return value;
    };
  }

  /** 1, 2, 4, 8 and so on up to {@code max}. */
  static Type<Integer> powerOfTwo(int max) {
    Type<Integer> whole = whole(1, max);
    return (path, node) -> {
      int value = whole.read(path, node);
      if (Integer.bitCount(value) != 1) {
        throw notAllowed(path, Integer.toString(value), "a power of two");
      }
      return value;
    };
  }

  /** A number from 0 to {@code max}, which is at most 1. */
  static Type<Double> fraction(double max) {
    Type<String> digits =
        text(Pattern.compile("[01](\\.[0-9]{1,9})?"), "a number from 0 to " + shortest(max));
    return (path, node) -> {
      String text = digits.read(path, node);
      double value = Double.parseDouble(text);
      if (value > max) {
        throw notAllowed(path, text, "0 to " + shortest(max));
      }
      return value;
    };
  }

  /** {@code true} or {@code false}. */
  static Type<Boolean> flag() {
    return oneOf(List.of(true, false), String::valueOf);
  }

  /** One of an enum's values, by its name in lower case with dashes. */
  static <E extends Enum<E>> Type<E> oneOf(Class<E> choices) {
    return oneOf(
        Arrays.asList(choices.getEnumConstants()),
        choice -> choice.name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  /** A time from {@code min} to {@code max}, as in {@code 150ms}. */
  static Type<Duration> duration(Duration min, Duration max) {
    Map<String, ChronoUnit> units =
        Map.of(
            "ms", ChronoUnit.MILLIS,
            "s", ChronoUnit.SECONDS,
            "m", ChronoUnit.MINUTES,
            "h", ChronoUnit.HOURS,
            "d", ChronoUnit.DAYS);
    return ofText(
        (path, text) -> {
          Duration value =
              Amount.of(text, units)
                  .map(amount -> Duration.of(amount.number(), amount.unit()))
                  .orElseThrow(
                      () -> notAllowed(path, text, "a duration such as 150ms, 20s, 3m or 1h"));
          if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw notAllowed(path, text, min.toMillis() + " ms to " + max.toMillis() + " ms");
          }
          return value;
        });
  }

  /** A size in bytes, at least {@code min}, as in {@code 64 MiB}. */
  static Type<Long> bytes(long min) {
    return bytes(min, Long.MAX_VALUE);
  }

  /** A size in bytes from {@code min} to {@code max}. */
  static Type<Long> bytes(long min, long max) {
    Map<String, Long> units = Map.of("B", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30);
    return ofText(
        (path, text) -> {
          long value =
              Amount.of(text, units)
                  .map(amount -> amount.number() * amount.unit())
                  .orElseThrow(() -> notAllowed(path, text, "a size such as 64 MiB"));
          if (value < min) {
            throw new ConfigurationException(path + " is " + text + ", less than " + min + " B");
          }
          if (value > max) {
            throw new ConfigurationException(path + " is " + text + ", more than " + max + " B");
          }
          return value;
        });
  }

  /** What another type takes, or {@code auto}, which is empty. */
  static <T> Type<Optional<T>> orAuto(Type<T> type) {
    return (path, node) ->
        single(path, node).text().strip().equals("auto")
            ? Optional.empty()
            : Optional.of(type.read(path, node));
  }

  /** A list; in one text its elements are separated by commas. */
  static <T> Type<List<T>> list(Type<T> element) {
    return Elements.list(element);
  }

  private static <T> Type<T> oneOf(List<T> choices, Function<T, String> name) {
    Map<String, T> byName = new LinkedHashMap<>();
    choices.forEach(choice -> byName.put(name.apply(choice), choice));
    List<String> names = List.copyOf(byName.keySet());
    String described =
        names.stream().limit(names.size() - 1).collect(Collectors.joining(", "))
            + " or "
            + names.getLast();
    return ofText(
        (path, text) -> {
          T choice = byName.get(text);
          if (choice == null) {
            throw notAllowed(path, text, described);
          }
          return choice;
        });
  }

  /** What is made of the text of a single value. */
  private static <T> Type<T> ofText(BiFunction<String, String, T> reading) {
    return (path, node) -> reading.apply(path, single(path, node).text().strip());
  }

  private static Node.Text single(String path, Node node) {
    return switch (node) {
      case Node.Text text -> text;
      case Node.InFile(SecretVariable variable) ->
          new Node.Text(variable.read(path), Origin.ofVariable(variable.name()));
      case Node.Items _ -> throw new ConfigurationException(path + " is a list, not one value");
      case Node.Members _ -> throw new ConfigurationException(path + " is an object, not a value");
    };
  }

  private static String shortest(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }

  private static ConfigurationException notAllowed(String path, String text, String allowed) {
    return new ConfigurationException(path + " is " + text + ", not " + allowed);
  }
}
