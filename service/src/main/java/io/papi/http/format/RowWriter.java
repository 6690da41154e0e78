package io.papi.http.format;

import java.util.List;

/**
 * Writes rows in one format: the beginning, rows, the end. Of one answer and one thread.
 *
 * <p>The caller owns the buffer and may send and clear it between two calls, so an answer of any
 * length fits.
 */
sealed interface RowWriter permits JsonArray, EachRow {

  /**
   * What comes before the first row.
   *
   * @param columns the columns of every row, in their order; only a format that says them apart
   *     from the rows looks at them
   */
  void begin(List<String> columns, Utf8Buffer out);

  /**
   * Some rows.
   *
   * @param json an array of them as the store writes it
   */
  void rows(byte[] json, Utf8Buffer out);

  /** What comes after the last row. */
  void end(Utf8Buffer out);
}
