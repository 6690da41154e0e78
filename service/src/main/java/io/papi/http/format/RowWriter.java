package io.papi.http.format;

import io.papi.rows.RowSink;
import java.util.List;

/**
 * Writes rows in one format: the beginning, each row, the end. Of one answer and one thread.
 *
 * <p>Who owns the buffer that it writes to may send and clear it between two rows, so an answer of
 * any length fits.
 */
sealed interface RowWriter extends RowSink permits JsonRows, Csv, Xml {

  /**
   * What comes before the first row.
   *
   * @param columns the names of the columns of every row, in their order
   */
  void begin(List<String> columns);

  /** Has all that was written in the buffer. */
  void flush();

  /** What comes after the last row. */
  void end();
}
