package io.papi.store;

import io.papi.store.value.ColumnType;
import java.sql.Connection;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.Optional;

/** What a database's driver does in a way of its own. */
public enum Dialect {
  /** Dates come as text, whole numbers in the size of their type. */
  STANDARD {
    @Override
    public Optional<ColumnType> type(ResultSetMetaData metadata, int index) throws SQLException {
      return ColumnType.of(metadata, index)
          .map(type -> type == ColumnType.NUMBER ? ColumnType.SIZED_NUMBER : type);
    }
  },
  /**
   * As text the driver gives another day where the JVM's zone is not the session's, where that zone
   * has skipped the day, and in the years of the Julian calendar. The number of the day is exact.
   */
  SNOWFLAKE {
    @Override
    public Optional<ColumnType> type(ResultSetMetaData metadata, int index) throws SQLException {
      return ColumnType.of(metadata, index).map(Dialect::asTheDriverGivesIt);
    }
  };

  /**
   * Whether a statement has ended before its first row is given, so that it can be bounded in time;
   * else it goes on for as long as rows are taken.
   */
  public boolean hasResultsWhole() {
    return this == SNOWFLAKE;
  }

  private static ColumnType asTheDriverGivesIt(ColumnType type) {
    return switch (type) {
      case DATE -> ColumnType.DAY_NUMBER;
      case TIMESTAMP -> ColumnType.UNSURE_TIMESTAMP;
      case TIMESTAMP_WITH_OFFSET -> ColumnType.UNSURE_TIMESTAMP_WITH_OFFSET;
      case NUMBER,
          SIZED_NUMBER,
          FLOAT,
          TEXT,
          BOOLEAN,
          DAY_NUMBER,
          TIME,
          TIME_WITH_OFFSET,
          UNSURE_TIMESTAMP,
          UNSURE_TIMESTAMP_WITH_OFFSET,
          BINARY,
          JSON ->
          type;
    };
  }

  public static Dialect of(Connection connection) throws SQLException {
    return connection.getMetaData().getDatabaseProductName().equals("Snowflake")
        ? SNOWFLAKE
        : STANDARD;
  }

  /** The type of a column, where it can be written as JSON. */
  public abstract Optional<ColumnType> type(ResultSetMetaData metadata, int index)
      throws SQLException;
}
