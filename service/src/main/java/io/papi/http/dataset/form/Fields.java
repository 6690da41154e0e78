package io.papi.http.dataset.form;

import io.papi.lookup.Row;
import io.papi.rows.MalformedRowException;
import io.papi.rows.RowScanner;
import java.util.Arrays;
import java.util.Optional;

/**
 * Some columns of a row, in an order of their own. They are cut out of the row's bytes. Immutable.
 *
 * <p>Rows have their columns in the dataset's order, so each is looked for in its place first. A
 * row in another order is searched by name.
 */
final class Fields implements Selection {
  private static final int NONE = -1;

  private final Columns columns;

  /** The columns that are wanted, by their places in a row. */
  private final int[] wanted;

  /** For each place in a row, which of the wanted columns it is. */
  private final int[] slots;

  /**
   * @param wanted places of columns, each once
   */
  Fields(Columns columns, int[] wanted) {
    this.columns = columns;
    this.wanted = wanted.clone();
    this.slots = new int[columns.count()];
    Arrays.fill(slots, NONE);
    for (int slot = 0; slot < wanted.length; slot++) {
      slots[wanted[slot]] = slot;
    }
  }

  @Override
  public Optional<Row> of(Row row) {
    byte[] json = new byte[row.length()];
    row.copyTo(json, 0);
    int[] from = new int[wanted.length];
    int[] to = new int[wanted.length];
    try {
      return find(json, from, to) ? Optional.of(Row.loaded(cut(json, from, to))) : Optional.empty();
    } catch (MalformedRowException e) {
      return Optional.empty();
    }
  }

  /** Finds the value of each wanted column; returns whether all are there. */
  private boolean find(byte[] json, int[] from, int[] to) throws MalformedRowException {
    RowScanner scanner = new RowScanner(json);
    int found = 0;
    for (int place = 0; found < wanted.length && scanner.next(); place++) {
      int slot = slot(json, scanner, place);
      if (slot != NONE && to[slot] == 0) {
        from[slot] = scanner.valueFrom();
        to[slot] = scanner.valueTo();
        found++;
      }
    }
    return found == wanted.length;
  }

  private int slot(byte[] json, RowScanner scanner, int place) {
    if (place < slots.length && isNamed(json, scanner, place)) {
      return slots[place];
    }
    for (int slot = 0; slot < wanted.length; slot++) {
      if (isNamed(json, scanner, wanted[slot])) {
        return slot;
      }
    }
    return NONE;
  }

  private boolean isNamed(byte[] json, RowScanner scanner, int place) {
    byte[] name = columns.member(place);
    return Arrays.equals(json, scanner.nameFrom(), scanner.nameTo(), name, 0, name.length);
  }

  private byte[] cut(byte[] json, int[] from, int[] to) {
    int length = 1;
    for (int slot = 0; slot < wanted.length; slot++) {
      // a brace or comma before it, and the colon
      length += columns.member(wanted[slot]).length + 2 + to[slot] - from[slot];
    }
    byte[] cut = new byte[length];
    int at = 0;
    for (int slot = 0; slot < wanted.length; slot++) {
      cut[at++] = (byte) (slot == 0 ? '{' : ',');
      byte[] name = columns.member(wanted[slot]);
      System.arraycopy(name, 0, cut, at, name.length);
      at += name.length;
      cut[at++] = ':';
      System.arraycopy(json, from[slot], cut, at, to[slot] - from[slot]);
      at += to[slot] - from[slot];
    }
    cut[at] = '}';
    return cut;
  }
}
