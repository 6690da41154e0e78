package io.papi.store.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.trino.tpcds.Results;
import io.trino.tpcds.Session;
import io.trino.tpcds.Table;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The customers of the TPC-DS benchmark at scale factor 10,000, the scale of Snowflake's sample
 * database {@code TPCDS_SF10TCL}. They are the same at every run.
 */
final class TpcdsCustomers {
  private static final Logger LOG = LoggerFactory.getLogger(TpcdsCustomers.class);

  /** The rows that the benchmark's customer table has at this scale. */
  static final int MAX_ROWS = 65_000_000;

  private static final int SCALE = 10_000;
  private static final int ROWS_PER_BATCH = 1_000;
  private static final int ROWS_PER_PROGRESS_LINE = 100_000;

  private TpcdsCustomers() {}

  /**
   * Inserts the first {@code rows} customers into {@code table}, whose columns are the guide's.
   *
   * @param contents takes in every value inserted
   */
  static void insert(Connection connection, String table, int rows, MessageDigest contents)
      throws SQLException {
    Session session = Session.getDefaultSession().withScale(SCALE);
    String values = "?" + ", ?".repeat(columns() - 1);
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO " + table + " VALUES (" + values + ")")) {
      int done = 0;
      for (List<List<String>> customer :
          Results.constructResults(Table.CUSTOMER, 1, rows, session)) {
        List<String> row = customer.getFirst();
        for (int i = 0; i < row.size(); i++) {
          insert.setString(i + 1, row.get(i));
        }
        contents.update(String.join("\t", row).getBytes(UTF_8));
        contents.update((byte) '\n');
        insert.addBatch();
        done++;
        if (done % ROWS_PER_BATCH == 0 || done == rows) {
          insert.executeBatch();
        }
        if (done % ROWS_PER_PROGRESS_LINE == 0 && done < rows) {
          LOG.info("embedded store: {} of {} customers", done, rows);
        }
      }
    }
  }

  private static int columns() {
    return Table.CUSTOMER.getColumns().length;
  }
}
