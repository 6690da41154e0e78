package io.papi.loadtest.tokens;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How a caller gets past the door of a public endpoint. */
public enum SignIn {
  /** A private key signs a JWT, which is exchanged for a token. */
  KEY_PAIR,
  /** A programmatic access token is exchanged for a token of less than an hour. */
  PAT_EXCHANGE,
  /** A programmatic access token is sent as it is. */
  PAT;

  /**
   * The way of a name.
   *
   * @param name {@code key-pair}, {@code pat-exchange} or {@code pat}
   * @throws IllegalArgumentException if it is another
   */
  public static SignIn of(String name) {
    return Arrays.stream(values())
        .filter(way -> way.toString().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(name + " is no way to sign in; there are " + names()));
  }

  /** All names. */
  static String names() {
    return Arrays.stream(values()).map(SignIn::toString).collect(Collectors.joining(", "));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
