package io.papi.store;

import io.papi.rows.ValueKind;
import java.util.List;

/** What of a dataset or query the start and operators see of its database. */
public interface Contact {

  /** The name of the dataset or the query. */
  String name();

  /**
   * Checks the database against the configuration where that has not been done yet.
   *
   * @return whether the store could be reached
   * @throws SchemaMismatchException if the database is not what the configuration says
   */
  boolean check();

  /** Whether the last contact with the database went well. */
  boolean isUp();

  /**
   * The names of an answer's columns, in its order and as it shows them. Where the configuration
   * does not tell them, none until the first contact with the database.
   */
  List<String> columns();

  /** What the values of each column are; none until the first contact with the database. */
  List<ValueKind> kinds();
}
