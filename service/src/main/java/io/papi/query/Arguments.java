package io.papi.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.papi.lookup.Key;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The values of a query's parameters in one request. Those in canonical form and in the parameters'
 * order have one {@link #key}, however the request wrote them. Immutable.
 */
public final class Arguments {
  private final Map<String, String> values;

  /**
   * @param values by name, in the order of the parameters; NULL is left out
   */
  public Arguments(Map<String, String> values) {
    this.values = new LinkedHashMap<>(values);
  }

  /** The value of a parameter in canonical form; empty for NULL. */
  public Optional<String> value(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** The key under which the answer is looked up and kept: {@code name=value&…}, form-encoded. */
  public Key key() {
    StringBuilder text = new StringBuilder();
    values.forEach(
        (name, value) -> {
          text.append(text.isEmpty() ? "" : "&").append(name).append('=');
          text.append(URLEncoder.encode(value, UTF_8));
        });
    return new Key(text.toString());
  }

  /** The arguments that have this key. */
  public static Arguments of(Key key) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String pair : key.text().split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals >= 0) {
        String value = URLDecoder.decode(pair.substring(equals + 1), UTF_8);
        values.put(pair.substring(0, equals), value);
      }
    }
    return new Arguments(values);
  }

  @Override
  public String toString() {
    return key().text();
  }
}
