package io.papi.lookup;

import static java.util.Objects.requireNonNull;

/**
 * A key in its one spelling: of an integer key {@code 0} or {@code -?[1-9][0-9]*}, of a text key
 * the text itself.
 *
 * @param text the spelling, as in a URL after decoding and in the name of a Redis key
 */
public record Key(String text) {

  public Key {
    requireNonNull(text, "text is null");
  }

  /** The record's own goes through a method handle, which the profile of a near hit shows. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Key(String otherText) && text.equals(otherText);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
