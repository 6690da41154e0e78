package io.papi.rows;

/** Takes rows: the values of each in the order of their columns. Of one thread. */
public interface RowSink extends ValueSink {

  void beginRow();

  void endRow();

  /** Whether so much has been taken that it is worth passing on. */
  boolean isFull();
}
