package io.papi.query;

import io.papi.rows.RowSink;

/** The rows of a statement that runs, taken at the reader's pace and in constant memory. */
public interface RowCursor extends AutoCloseable {

  /**
   * Gives more rows, until {@code sink} is full or they come slowly.
   *
   * @return how many; 0 at the end
   * @throws BrokenStreamException if the store has failed or is silent for longer than the query's
   *     deadline, or a row cannot be shown; the sink may have a part of a row
   */
  int next(RowSink sink) throws BrokenStreamException;

  /** Ends the statement, be it in the middle of its rows. */
  @Override
  void close();
}
