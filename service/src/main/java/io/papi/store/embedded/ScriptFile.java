package io.papi.store.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.h2.util.ScriptReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file with SQL statements, each with a semicolon at its end, in UTF-8. */
final class ScriptFile {
  private static final Logger LOG = LoggerFactory.getLogger(ScriptFile.class);

  private final Path file;
  private final String text;

  /**
   * @throws CannotLoadException if it cannot be read
   */
  ScriptFile(Path file) {
    this.file = file;
    try {
      this.text = Files.readString(file, UTF_8);
    } catch (CharacterCodingException e) {
      throw new CannotLoadException(file + " is not text in UTF-8: save it as that");
    } catch (IOException e) {
      throw new CannotLoadException(file + " cannot be read");
    }
  }

  String text() {
    return text;
  }

  /**
   * Runs the statements in their order.
   *
   * @throws CannotLoadException if one fails; it names the line on which that begins
   */
  void run(Connection connection) throws SQLException {
    int count = 0;
    int line = 1;
    try (Statement statement = connection.createStatement()) {
      ScriptReader statements = new ScriptReader(new StringReader(text));
      for (String sql = statements.readStatement(); sql != null; sql = statements.readStatement()) {
        count++;
        try {
          statement.execute(sql);
        } catch (SQLException e) {
          throw new CannotLoadException(
              "%s:%d: statement %d is refused: %s"
                  .formatted(file, line + lines(leadingBlanks(sql)), count, Refused.why(e)));
        }
        line += lines(sql);
      }
    }
    LOG.info("embedded store: {} statements of {}", count, file);
  }

  private static int lines(String sql) {
    return (int) sql.chars().filter(c -> c == '\n').count();
  }

  /** What stands before a statement's first word: blanks and comments of a line. */
  private static String leadingBlanks(String sql) {
    int end = 0;
    while (end < sql.length()) {
      if (Character.isWhitespace(sql.charAt(end))) {
        end++;
      } else if (sql.startsWith("--", end) && sql.indexOf('\n', end) > 0) {
        end = sql.indexOf('\n', end);
      } else {
        break;
      }
    }
    return sql.substring(0, end);
  }
}
