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
 * therefore kept as that number, if an int can hold it: that takes a fifth of the memory.
 */
public final class Key {
  private static final SipHash TEXT_HASH = SipHash.random();
  private static final IntHash NUMBER_HASH = IntHash.random();

  /** Of an int. */
  private static final int MAX_DIGITS = 10;

  /** What a string takes in memory besides its characters. */
  private static final int STRING_BYTES = 40;

  private static final int LAST_OF_ONE_BYTE = 0xff;

  /** The number, or the hash of the text. */
  private final int bits;

  /** Null if the number says it all. */
  private final @Nullable String text;

  /**
   * @param text the spelling, as in a URL after decoding and in the name of a Redis key
   */
  public Key(String text) {
    requireNonNull(text, "text is null");
    boolean isNumber = isNumber(text);
    this.bits = isNumber ? Integer.parseInt(text) : (int) TEXT_HASH.of(text);
    this.text = isNumber ? null : text;
  }

  /** Whether it is the one spelling of an int. */
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
    long number = Long.parseLong(text);
    return number == (int) number;
  }

  public String text() {
    return text == null ? Integer.toString(bits) : text;
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
        && bits == key.bits
        && (text == null ? key.text == null : text.equals(key.text));
  }

  @Override
  public int hashCode() {
    return text == null ? NUMBER_HASH.of(bits) : bits;
  }

  @Override
  public String toString() {
    return text();
  }
}
