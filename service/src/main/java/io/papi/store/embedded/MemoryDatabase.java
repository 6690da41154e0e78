package io.papi.store.embedded;

import io.papi.dataset.SqlName;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.h2.store.fs.FileUtils;

/**
 * A database of H2 in this process's memory, whose catalog is called API as in Snowflake.
 * Thread-safe.
 *
 * @param directory where H2 has it, and nothing else
 */
record MemoryDatabase(String directory) implements AutoCloseable {
  /** Words that are names in Snowflake too, as in {@code MONTH(o_orderdate) AS month}. */
  private static final String NAMES =
      ";NON_KEYWORDS=DAY,GROUPS,HOUR,KEY,MINUTE,MONTH,SECOND,VALUE,YEAR";

  /** H2's file system in memory: nobody else opens its files, and none outlives the process. */
  private static final String FILES = "memFS:";

  /** A process that has been asked to end still answers for a while. */
  private static final String OF_FILES = ";FILE_LOCK=NO;DB_CLOSE_ON_EXIT=FALSE";

  /**
   * Set once: each connection that sets them would hold up those that others open meanwhile. A sort
   * stays in memory, though H2 would write a long one of a database with files to the disk.
   */
  private static final String SETTINGS =
      "SET DB_CLOSE_DELAY -1; SET WRITE_DELAY 0; SET MAX_MEMORY_ROWS " + Integer.MAX_VALUE;

  /** Makes one without tables. */
  static MemoryDatabase create() throws SQLException {
    return withSchema("mem:");
  }

  /** Makes one without tables that can become a file. */
  static MemoryDatabase createForFile() throws SQLException {
    return withSchema(FILES);
  }

  /** Makes one of what {@link #toFile} has given. */
  static MemoryDatabase of(InputStream file) throws SQLException, IOException {
    MemoryDatabase database = new MemoryDatabase(FILES + UUID.randomUUID());
    FileUtils.createDirectory(database.directory);
    try (OutputStream copy = FileUtils.newOutputStream(database.file(), false)) {
      file.transferTo(copy);
    }
    database.execute(SETTINGS);
    return database;
  }

  private static MemoryDatabase withSchema(String where) throws SQLException {
    MemoryDatabase database = new MemoryDatabase(where + UUID.randomUUID());
    database.execute(SETTINGS);
    database.execute("CREATE SCHEMA " + SqlName.quoted(TableName.DEFAULT_SCHEMA));
    return database;
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = dataSource("").getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Gives connections whose schema is the default one. */
  DataSource inSchema(String options) {
    return dataSource(";SCHEMA=" + TableName.DEFAULT_SCHEMA + options);
  }

  private DataSource dataSource(String options) {
    JdbcDataSource database = new JdbcDataSource();
    String more = directory.startsWith(FILES) ? OF_FILES : "";
    database.setUrl("jdbc:h2:" + directory + "/" + TableName.CATALOG + NAMES + more + options);
    return database;
  }

  private String file() {
    return directory + "/" + TableName.CATALOG + ".mv.db";
  }

  /** All that is in it; nobody may use it after that. */
  byte[] toFile() throws SQLException, IOException {
    execute("SHUTDOWN COMPACT");
    try (InputStream file = FileUtils.newInputStream(file())) {
      return file.readAllBytes();
    }
  }

  /** Drops it. */
  @Override
  public void close() throws SQLException {
    execute("SHUTDOWN IMMEDIATELY");
    if (directory.startsWith(FILES)) {
      FileUtils.deleteRecursive(directory, false);
    }
  }
}
