package io.papi.http.dataset;

import io.papi.http.answer.Tags;
import io.papi.lookup.Row;
import java.util.List;

/** A JSON array of the rows' bytes as they are. */
final class ArrayBody implements Shaped {
  private final List<Row> rows;
  private final int length;
  private final long tag;

  ArrayBody(List<Row> rows) {
    int bytes = rows.isEmpty() ? 2 : 1 + rows.size();
    long folded = 0;
    for (int i = 0; i < rows.size(); i++) {
      bytes += rows.get(i).length();
      folded = Tags.fold(folded, rows.get(i).tag());
    }
    this.rows = rows;
    this.length = bytes;
    this.tag = folded;
  }

  @Override
  public int length() {
    return length;
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

  @Override
  public long tag() {
    return tag;
  }
}
