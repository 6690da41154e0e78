package io.papi.store;

import io.papi.lookup.Loader;
import java.util.List;

/** Where the answers of one dataset or query come from, as the start and operators see it. */
public interface Source extends Loader {

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
}
