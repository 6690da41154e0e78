package io.papi.cache;

import io.papi.lookup.Key;
import io.papi.lookup.Outcome.Known;

/**
 * What the near cache holds of one key, and how often it was asked for.
 *
 * <p>Thread-safe, but for the links, which {@link Endings} guards.
 */
final class NearEntry extends Endings.Link {
  private final Key key;
  private final Known known;

  /** Whether it took the place of an entry that was to be read again. */
  private final boolean refreshed;

  /**
   * How often it was asked for, as far as anybody wants to know. A plain field: a hit must cost
   * next to nothing, and a request that is not counted because another came at the same time does
   * no harm.
   */
  private byte asked;

  private volatile boolean due;
  private volatile boolean left;

  /**
   * @param asked 1 if it is kept because of a caller who asked after it was read, else 0
   */
  NearEntry(Key key, Known known, boolean refreshed, int asked) {
    this.key = key;
    this.known = known;
    this.refreshed = refreshed;
    this.asked = (byte) asked;
  }

  Key key() {
    return key;
  }

  Known known() {
    return known;
  }

  /** Notes that a caller asks for it; writes nothing when {@code enough} have. */
  void ask(int enough) {
    if (asked < enough) {
      asked++;
    }
  }

  int asked() {
    return asked;
  }

  boolean isRefreshed() {
    return refreshed;
  }

  /** It is to be read again, or is not any more. */
  void setDue(boolean due) {
    this.due = due;
  }

  boolean isDue() {
    return due;
  }

  /** The cache does not hold it any more. */
  void leave() {
    left = true;
  }

  boolean hasLeft() {
    return left;
  }
}
