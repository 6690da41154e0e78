package io.papi.http.format;

/** A format in which each row is written by itself. */
abstract sealed class EachRow implements RowWriter permits JsonLines, Csv, Xml {

  @Override
  public final void rows(byte[] json, Utf8Buffer out) {
    try (RowReader rows = new RowReader(json, json.length)) {
      while (rows.nextRow()) {
        row(rows, out);
      }
    }
  }

  /**
   * One row.
   *
   * @param row stands at it, and has passed it afterwards
   */
  abstract void row(RowReader row, Utf8Buffer out);
}
