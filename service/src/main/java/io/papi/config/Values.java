package io.papi.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Typed readings of configuration values. Each names its key where the value is not allowed. */
final class Values {
  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9}) ?(ms|s|m|h|d)");
  private static final Pattern BYTES = Pattern.compile("([0-9]{1,9}) ?(B|KiB|MiB|GiB)");
  private static final Pattern WHOLE = Pattern.compile("[0-9]{1,9}");
  private static final Pattern FRACTION = Pattern.compile("[01](\\.[0-9]{1,9})?");

  private final Map<String, String> values;

  Values(Map<String, String> values) {
    this.values = values;
  }

  Optional<String> optional(String key) {
    return Optional.ofNullable(values.get(key)).map(String::strip).filter(text -> !text.isEmpty());
  }

  String text(String key) {
    return optional(key).orElseThrow(() -> new ConfigurationException(key + " is not set"));
  }

  /** Text of a form that {@code described} puts into words. */
  String text(String key, Pattern form, String described) {
    return matching(key, text(key), form, described);
  }

  List<String> list(String key, Pattern form, String described) {
    return Stream.of(text(key).split(",", -1))
        .map(element -> matching(key, element.strip(), form, described))
        .toList();
  }

  int whole(String key, int min, int max) {
    String text = text(key, WHOLE, "a whole number");
    long value = Long.parseLong(text);
    if (value < min || value > max) {
      throw new ConfigurationException(key + " is " + text + ", not " + min + " to " + max);
    }
    return (int) value;
  }

  double fraction(String key, double max) {
    String text = text(key, FRACTION, "a number such as 0.1");
    double value = Double.parseDouble(text);
    if (value > max) {
      throw new ConfigurationException(key + " is " + text + ", not 0 to " + max);
    }
    return value;
  }

  boolean flag(String key) {
    return text(key, Pattern.compile("true|false"), "true or false").equals("true");
  }

  Duration duration(String key, Duration min, Duration max) {
    Matcher matcher = DURATION.matcher(text(key));
    if (!matcher.matches()) {
      throw new ConfigurationException(
          key + " is " + text(key) + ", not a duration such as 150ms, 20s, 3m or 1h");
    }
    long amount = Long.parseLong(matcher.group(1));
    Duration value =
        switch (matcher.group(2)) {
          case "ms" -> Duration.ofMillis(amount);
          case "s" -> Duration.ofSeconds(amount);
          case "m" -> Duration.ofMinutes(amount);
          case "h" -> Duration.ofHours(amount);
          case "d" -> Duration.ofDays(amount);
          default -> throw new IllegalStateException("the pattern has no other unit");
        };
    if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
      throw new ConfigurationException(
          key
              + " is "
              + text(key)
              + ", not "
              + min.toMillis()
              + " ms to "
              + max.toMillis()
              + " ms");
    }
    return value;
  }

  long bytes(String key, long min) {
    Matcher matcher = BYTES.matcher(text(key));
    if (!matcher.matches()) {
      throw new ConfigurationException(key + " is " + text(key) + ", not a size such as 64 MiB");
    }
    int shift =
        switch (matcher.group(2)) {
          case "B" -> 0;
          case "KiB" -> 10;
          case "MiB" -> 20;
          case "GiB" -> 30;
          default -> throw new IllegalStateException("the pattern has no other unit");
        };
    long value = Long.parseLong(matcher.group(1)) << shift;
    if (value < min) {
      throw new ConfigurationException(key + " is " + text(key) + ", less than " + min + " B");
    }
    return value;
  }

  private static String matching(String key, String text, Pattern form, String described) {
    if (!form.matcher(text).matches()) {
      throw new ConfigurationException(key + " is " + text + ", not " + described);
    }
    return text;
  }
}
