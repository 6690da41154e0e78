package io.papi.store.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.papi.dataset.SqlName;
import io.papi.lookup.Sha256;
import io.papi.store.embedded.TableSource.Column;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes one table and fills it. Not thread-safe. */
final class TableLoad {
  private static final Logger LOG = LoggerFactory.getLogger(TableLoad.class);

  private static final int ROWS_PER_BATCH = 1_000;
  private static final int ROWS_PER_PROGRESS_LINE = 100_000;

  /** No byte of UTF-8. */
  private static final byte NULL = (byte) 0xFF;

  private final EmbeddedTable table;
  private final Set<String> keys;

  /** Takes in all that decides what is in the table. */
  private final MessageDigest contents = Sha256.digest();

  private int rows;

  /**
   * @param keys the columns by which rows are looked up
   */
  TableLoad(EmbeddedTable table, Set<String> keys) {
    this.table = table;
    // what the condition leaves out may repeat a key
    this.keys = table.where().isPresent() ? Set.of() : keys;
  }

  /**
   * Makes and fills the table.
   *
   * @return a hash of all that is in it
   * @throws CannotLoadException if what it is filled from cannot be used
   */
  byte[] run(Connection connection) throws SQLException {
    long start = System.nanoTime();
    List<Column> columns = table.from().columns(keys);
    create(connection, columns);
    String values = "?" + ", ?".repeat(columns.size() - 1);
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO " + table.name().sql() + " VALUES (" + values + ")")) {
      table.from().forEach(row -> add(insert, row));
      insert.executeBatch();
    }
    table.where().ifPresent(this::take);
    int left = rows - leaveOut(connection);
    LOG.info(
        "embedded store: {} rows of {} from {} in {} ms",
        left,
        table.name(),
        table.from(),
        (System.nanoTime() - start) / 1_000_000);
    return contents.digest();
  }

  private void create(Connection connection, List<Column> columns) throws SQLException {
    String sql =
        columns.stream()
            .map(column -> SqlName.quoted(column.name()) + " " + column.sqlType())
            .collect(Collectors.joining(", ", "CREATE TABLE " + table.name().sql() + " (", ")"));
    take(sql);
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void add(PreparedStatement insert, @Nullable String[] row) throws SQLException {
    for (int i = 0; i < row.length; i++) {
      insert.setString(i + 1, row[i]);
      take(row[i]);
    }
    insert.addBatch();
    rows++;
    if (rows % ROWS_PER_BATCH == 0) {
      insert.executeBatch();
    }
    if (rows % ROWS_PER_PROGRESS_LINE == 0) {
      LOG.info("embedded store: {} rows of {} so far", rows, table.name());
    }
  }

  /** Deletes what the condition leaves out; returns how many rows that were. */
  private int leaveOut(Connection connection) throws SQLException {
    if (table.where().isEmpty()) {
      return 0;
    }
    String sql =
        "DELETE FROM " + table.name().sql() + " WHERE (" + table.where().get() + ") IS NOT TRUE";
    try (PreparedStatement delete = connection.prepareStatement(sql)) {
      return delete.executeUpdate();
    } catch (SQLException e) {
      throw new CannotLoadException(
          "the embedded table " + table.name() + ": where is refused: " + Refused.why(e));
    }
  }

  private void take(@Nullable String part) {
    if (part == null) {
      contents.update(NULL);
    } else {
      contents.update(part.getBytes(UTF_8));
    }
    contents.update((byte) 0);
  }
}
