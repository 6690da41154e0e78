package io.papi.cache;

import io.papi.lookup.Key;
import io.papi.lookup.Origin;
import io.papi.lookup.Origin.Layer;
import io.papi.lookup.Outcome.Absent;
import io.papi.lookup.Outcome.Found;
import io.papi.lookup.Outcome.Known;
import io.papi.lookup.Outcome.Unreadable;
import io.papi.lookup.Row;

/**
 * What the near cache holds of one key, and how often it was asked for.
 *
 * <p>There are millions of them, so it holds no outcome, but what it takes to make it. Thread-safe,
 * but for the links, which {@link Endings} guards.
 */
abstract sealed class NearEntry extends Endings.Link {
  private static final Origin ORIGIN = Origin.of(Layer.NEAR, 0);

  private final Key key;
  private final long readAt;

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

  private NearEntry(Key key, long readAt, boolean refreshed, int asked) {
    this.key = key;
    this.readAt = readAt;
    this.refreshed = refreshed;
    this.asked = (byte) asked;
  }

  /**
   * @param asked 1 if it is kept because of a caller who asked after it was read, else 0
   */
  static NearEntry of(Key key, Known known, boolean refreshed, int asked) {
    return switch (known) {
      case Found found -> new OfRow(key, found, refreshed, asked);
      case Absent _, Unreadable _ -> new WithoutRow(key, known, refreshed, asked);
    };
  }

  Key key() {
    return key;
  }

  /** The outcome, as one of the near cache. */
  abstract Known known();

  /**
   * About how many bytes of memory it takes, with its place in the cache and its key, but without
   * the key's text: measured with compact object headers in a heap below 32 GiB.
   */
  abstract int bytes();

  long readAt() {
    return readAt;
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

  private static final class OfRow extends NearEntry {
    private static final int BYTES = 178;

    // What a row consists of, and not the row: that would be another object for each.
    private final byte[] json;
    private final long tag;

    OfRow(Key key, Found found, boolean refreshed, int asked) {
      super(key, found.readAt(), refreshed, asked);
      this.json = found.row().json();
      this.tag = found.row().tag();
    }

    @Override
    Known known() {
      return new Found(Row.kept(json, tag), readAt(), ORIGIN);
    }

    @Override
    int bytes() {
      return BYTES + json.length;
    }
  }

  private static final class WithoutRow extends NearEntry {
    private static final int BYTES = 180;

    private final Known known;

    WithoutRow(Key key, Known known, boolean refreshed, int asked) {
      super(key, known.readAt(), refreshed, asked);
      this.known = known.from(ORIGIN);
    }

    @Override
    Known known() {
      return known;
    }

    @Override
    int bytes() {
      return BYTES;
    }
  }
}
