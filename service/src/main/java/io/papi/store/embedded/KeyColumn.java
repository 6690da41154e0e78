package io.papi.store.embedded;

/**
 * A column by which rows are looked up, and which therefore gets an index.
 *
 * @param dataset the dataset whose key it is
 * @param column its name, as the database has it
 * @param unique whether the index allows no value twice: that of an alternate key does, as a real
 *     store would, and whoever asks for such a value is told
 */
public record KeyColumn(String dataset, TableName table, String column, boolean unique) {

  /** The column of a dataset's own key. */
  public KeyColumn(String dataset, TableName table, String column) {
    this(dataset, table, column, true);
  }
}
