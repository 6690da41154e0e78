package io.papi.store.embedded;

import java.sql.SQLException;
import org.h2.jdbc.JdbcException;

/** What is told of a statement that the database refused: never the statement, never a value. */
final class Refused {
  private static final String SYNTAX = "42000";
  private static final String SYNTAX_EXPECTED = "42001";

  /** SQL's class of names that are not there, or there already. */
  private static final String NAMES = "42S";

  private Refused() {}

  static String why(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    if (state.startsWith(NAMES) && e instanceof JdbcException told) {
      return told.getOriginalMessage();
    }
    String kind = state.equals(SYNTAX) || state.equals(SYNTAX_EXPECTED) ? "not SQL here, " : "";
    return kind + "SQL state " + state + ", code " + e.getErrorCode();
  }
}
