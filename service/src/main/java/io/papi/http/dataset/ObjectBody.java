package io.papi.http.dataset;

import io.papi.lookup.Row;
import java.util.List;

/** The bytes of a single row as they are. */
final class ObjectBody implements Shaped {
  /** What is sent where there is no row. */
  private static final Row NONE = Row.loaded(new byte[] {'{', '}'});

  private final Row row;

  /**
   * @param rows one, or none
   */
  ObjectBody(List<Row> rows) {
    this.row = rows.isEmpty() ? NONE : rows.getFirst();
  }

  @Override
  public int length() {
    return row.length();
  }

  @Override
  public void copyTo(byte[] target, int offset) {
    row.copyTo(target, offset);
  }

  @Override
  public long tag() {
    return row.tag();
  }
}
