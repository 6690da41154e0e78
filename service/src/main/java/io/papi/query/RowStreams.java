package io.papi.query;

import java.util.List;

/** What opens streams of one query. Thread-safe. */
public interface RowStreams {

  /** The names of a row's columns, in their order; none before the store was first reached. */
  List<String> columns();

  /**
   * Sends the statement, and waits until it has rows to give or has ended.
   *
   * @param limit the most rows
   * @throws StreamUnavailableException if the store cannot answer
   */
  RowCursor open(Arguments arguments, long limit) throws StreamUnavailableException;
}
