package io.papi.query;

/** The rows of a statement that runs, taken at the reader's pace and in constant memory. */
public interface RowCursor extends AutoCloseable {

  /**
   * Waits for more rows: some kilobytes of them, or fewer where they come slowly.
   *
   * @return whether there are any
   * @throws BrokenStreamException if the store has failed or is silent for longer than the query's
   *     deadline, or a row cannot be shown
   */
  boolean next() throws BrokenStreamException;

  /** These rows as a JSON array of objects. */
  byte[] rows();

  /** The number of these rows. */
  int count();

  /** Ends the statement, be it in the middle of its rows. */
  @Override
  void close();
}
