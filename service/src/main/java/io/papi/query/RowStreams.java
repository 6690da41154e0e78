package io.papi.query;

import io.papi.rows.ValueKind;
import java.util.List;

/** What opens streams of one query. Thread-safe; a stream is of one thread. */
public interface RowStreams {

  /** The names of a row's columns, in their order; none before the store was first reached. */
  List<String> columns();

  /** What the values of each column are; none before the store was first reached. */
  List<ValueKind> kinds();

  /**
   * Sends the statement, and waits until it has rows to give or has ended.
   *
   * @param limit the most rows
   * @throws BrokenStreamException if the store cannot answer, or not within the query's deadline
   */
  RowCursor open(Arguments arguments, long limit) throws BrokenStreamException;
}
