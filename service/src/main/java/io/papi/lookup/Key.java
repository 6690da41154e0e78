package io.papi.lookup;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A key in its one spelling: of an integer key {@code 0} or {@code -?[1-9][0-9]*}, of a text key
 * the text itself. Immutable.
 *
 * <p>Callers choose keys, and a map with many keys of one hash is slow. So the hash differs from
 * process to process and cannot be foreseen: nothing that outlives the process may depend on it.
 *
 * <p>Millions of them are in the near cache. A text that is a whole number in its one spelling is
 * therefore kept as that number, which takes less than half of the memory.
 */
public final class Key {
  private static final SipHash HASH = SipHash.random();

  /** So that every number with as many digits is a long. */
  private static final int MAX_DIGITS = 18;

  /** What a string takes in memory besides its characters. */
  private static final int STRING_BYTES = 40;

  private static final int LAST_OF_ONE_BYTE = 0xff;

  private final long number;

  /** Null if the number says it all. */
  private final @Nullable String text;

  private final int hash;

  /**
   * @param text the spelling, as in a URL after decoding and in the name of a Redis key
   */
  public Key(String text) {
    requireNonNull(text, "text is null");
    if (isNumber(text)) {
      this.number = Long.parseLong(text);
      this.text = null;
      this.hash = (int) HASH.of(number);
    } else {
      this.number = 0;
      this.text = text;
      this.hash = (int) HASH.of(text);
    }
  }

  /** Whether it has the one spelling of a whole number, and not too many digits. */
  private static boolean isNumber(String text) {
    int first = text.startsWith("-") ? 1 : 0;
    int digits = text.length() - first;
    if (digits < 1 || digits > MAX_DIGITS || text.charAt(first) == '0') {
      return text.equals("0");
    }
    for (int i = first; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  public String text() {
    return text == null ? Long.toString(number) : text;
  }

  /** About how many bytes of memory its text takes beside itself. */
  public int textBytes() {
    if (text == null) {
      return 0;
    }
    // a string has one byte for each of its characters if that is enough for all, else two
    boolean isNarrow = text.chars().allMatch(c -> c <= LAST_OF_ONE_BYTE);
    return STRING_BYTES + text.length() * (isNarrow ? 1 : Character.BYTES);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Key key
        && hash == key.hash
        && number == key.number
        && (text == null ? key.text == null : text.equals(key.text));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return text();
  }
}
