package io.papi.http.dataset;

import io.papi.dataset.Freshness;
import io.papi.http.exchange.Body;
import io.papi.lookup.Outcome.Absent;
import io.papi.lookup.Outcome.Found;
import io.papi.lookup.Outcome.Known;
import io.papi.lookup.Outcome.Unreadable;
import io.papi.lookup.Row;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The rows of one answer: a JSON array of the rows' bytes as they are, and what the headers say
 * about them.
 *
 * <p>Made for one answer by one thread.
 */
final class Answer implements Body {
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final long freshNanos;
  private final long now;
  private final List<Row> rows;
  private final Provenance provenance = new Provenance();
  private int bytes = 2;
  private long tag;
  private long oldestNanos;
  private boolean absent;

  Answer(Freshness freshness, int keys, long now) {
    this.freshNanos = freshness.freshFor().toNanos();
    this.now = now;
    this.rows = new ArrayList<>(keys);
  }

  /**
   * Adds the outcome of the next key, which is not an unreadable one, and returns its age in
   * nanoseconds.
   */
  long add(Known known) {
    long age = Math.max(0, now - known.readAt());
    oldestNanos = Math.max(oldestNanos, age);
    switch (known) {
      case Found found -> {
        bytes += found.row().length() + (rows.isEmpty() ? 0 : 1);
        tag = fold(tag, found.row().tag());
        rows.add(found.row());
        provenance.add(found.origin(), Math.floorDiv(freshNanos - age, NANOS_PER_SECOND));
      }
      case Absent _ -> {
        absent = true;
        provenance.add(known.origin(), 0);
      }
      case Unreadable _ -> throw new IllegalArgumentException("a row that cannot be shown");
    }
    return age;
  }

  /** Whether an id was absent, so that the answer holds for the shorter time. */
  boolean hasAbsent() {
    return absent;
  }

  @Override
  public int length() {
    return bytes;
  }

  @Override
  public void copyTo(byte[] target, int offset) {
    int at = offset;
    target[at++] = '[';
    for (int i = 0; i < rows.size(); i++) {
      if (i > 0) {
        target[at++] = ',';
      }
      Row row = rows.get(i);
      row.copyTo(target, at);
      at += row.length();
    }
    target[at] = ']';
  }

  /** A strong entity tag: of the rows in their order, never of times. */
  String entityTag() {
    return "\"" + HexFormat.of().toHexDigits(tag) + "\"";
  }

  /** Whole seconds since the oldest of the rows was read. */
  long ageSeconds() {
    return oldestNanos / NANOS_PER_SECOND;
  }

  Provenance provenance() {
    return provenance;
  }

  /** Mixes the next tag in, so that order and number count (a multiplicative hash). */
  private static long fold(long tag, long next) {
    long mixed = (Long.rotateLeft(tag, 23) ^ next) * 0x9E3779B97F4A7C15L;
    return mixed ^ (mixed >>> 32);
  }
}
