package io.papi.lookup;

import static java.util.Objects.requireNonNull;

/**
 * A key in its one spelling: of an integer key {@code 0} or {@code -?[1-9][0-9]*}, of a text key
 * the text itself. Immutable.
 *
 * <p>Callers choose keys, and a map with many keys of one hash is slow. So the hash differs from
 * process to process and cannot be foreseen: nothing that outlives the process may depend on it.
 */
public final class Key {
  private static final SipHash HASH = SipHash.random();

  private final String text;
  private final int hash;

  /**
   * @param text the spelling, as in a URL after decoding and in the name of a Redis key
   */
  public Key(String text) {
    this.text = requireNonNull(text, "text is null");
    this.hash = (int) HASH.of(text);
  }

  public String text() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Key key && hash == key.hash && text.equals(key.text);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return text;
  }
}
