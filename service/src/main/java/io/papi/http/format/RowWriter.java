package io.papi.http.format;

import java.util.List;

/**
 * Writes rows in one format: the beginning, each row, the end. Of one answer and one thread.
 *
 * <p>The caller owns the buffer and may send and clear it between two calls, so an answer of any
 * length fits.
 */
sealed interface RowWriter permits JsonArray, JsonLines, Csv, Xml {

  /**
   * What comes before the first row.
   *
   * @param columns the columns of every row, in their order; only a format that says them apart
   *     from the rows looks at them
   */
  void begin(List<String> columns, Utf8Buffer out);

  /**
   * One row.
   *
   * @param row stands at it, and has passed it afterwards
   */
  void row(RowReader row, Utf8Buffer out);

  /** What comes after the last row. */
  void end(Utf8Buffer out);
}
