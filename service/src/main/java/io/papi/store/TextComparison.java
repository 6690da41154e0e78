package io.papi.store;

import io.papi.dataset.Dataset;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out at the first contact whether a text key is compared exactly: with a collation or a type
 * that takes two spellings for one, the row of {@code ABC} would answer for {@code abc}.
 *
 * <p>No metadata tell this on all databases: Snowflake's driver drops the collation of a column. So
 * the database itself compares: a text that takes the column's collation, since it is united with
 * the column, and spellings that equal it in one collation or another. Where the union drops the
 * collation, this check notices nothing; then {@link KeyStatement} does, with the first such row.
 */
final class TextComparison {
  private static final Logger LOG = LoggerFactory.getLogger(TextComparison.class);

  /** An a with an acute, as two characters. */
  private static final String TEXT = "a\u0301";

  /** It in upper case, without its accent, as one character, with blanks, with punctuation. */
  private static final String OTHERS =
      "'A\u0301', 'a', '\u00e1', 'a\u0301 ', ' a\u0301', 'a\u0301-'";

  private TextComparison() {}

  /**
   * Has the database compare.
   *
   * @throws SchemaMismatchException if texts that differ are equal in the key column
   */
  static void check(Connection connection, Dataset dataset) throws SQLException {
    if (isLax(connection, dataset)) {
      throw new SchemaMismatchException(
          "dataset "
              + dataset.name()
              + ": key column "
              + dataset.keyColumn()
              + " does not compare exactly: by its collation or type, texts that differ are equal");
    }
  }

  private static boolean isLax(Connection connection, Dataset dataset) throws SQLException {
    String sql =
        "SELECT COUNT(*) FROM (SELECT %s AS K FROM %s WHERE 1 = 0 UNION ALL SELECT '%s') T"
            .formatted(dataset.keyColumn(), dataset.table(), TEXT);
    try (Statement statement = connection.createStatement();
        ResultSet equals = statement.executeQuery(sql + " WHERE T.K IN (" + OTHERS + ")")) {
      return equals.next() && equals.getInt(1) > 0;
    } catch (SQLException e) {
      if (LostSession.isLost(e) || connection.isClosed()) {
        throw e;
      }
      LOG.info(
          "dataset {}: the store does not say how it compares key column {}: SQL state {}, code {}",
          dataset.name(),
          dataset.keyColumn(),
          e.getSQLState(),
          e.getErrorCode());
      return false;
    }
  }
}
