package io.papi.store.embedded;

import io.papi.dataset.SqlName;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.LinkedHashSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives the columns by which rows are looked up their indexes, once all rows are there. */
final class KeyIndexes {
  private static final Logger LOG = LoggerFactory.getLogger(KeyIndexes.class);

  /** SQL's class of constraints that rows break. */
  private static final String CONSTRAINT = "23";

  private KeyIndexes() {}

  /**
   * Makes the indexes. What has none, such as a view, or a table or column that is not there, is
   * left to the check of the dataset's table.
   *
   * @throws CannotLoadException if the column of a dataset's own key is not unique
   */
  static void make(Connection connection, Collection<KeyColumn> keys) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (KeyColumn key : new LinkedHashSet<>(keys)) {
        make(statement, key);
      }
    }
  }

  private static void make(Statement statement, KeyColumn key) {
    try {
      statement.execute(
          (key.unique() ? "CREATE UNIQUE INDEX ON " : "CREATE INDEX ON ")
              + key.table().sql()
              + " ("
              + SqlName.quoted(key.column())
              + ")");
    } catch (SQLException e) {
      if (String.valueOf(e.getSQLState()).startsWith(CONSTRAINT)) {
        throw new CannotLoadException(
            "dataset "
                + key.dataset()
                + ": the key column "
                + key.column()
                + " of "
                + key.table()
                + " has a value twice");
      }
      LOG.info(
          "embedded store: no index for {} of {}: {}", key.column(), key.table(), Refused.why(e));
    }
  }
}
