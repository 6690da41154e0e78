package io.papi.service.queries;

import io.papi.testing.SnowflakeStandIn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A report on the customers: how many were born in each month of a year. */
final class Births {
  /** What stands in its statements alone. */
  static final String PART = "AS customers";

  private static final String CONFIGURATION =
      """
      queries.births {
        paths = ["/births/{year}", "/reports/births/{year}"]
        sql = \"""
          SELECT c_birth_month, COUNT(*) AS customers
          FROM hybrid_customer
          WHERE c_birth_year = :year
          GROUP BY c_birth_month
          ORDER BY c_birth_month\"""
        parameters.year { type = whole, min = 1900, max = 2100 }
      }
      """;

  private Births() {}

  /**
   * The environment of a service that has it.
   *
   * @param directory for the configuration file
   * @param more lines of the file
   */
  static Map<String, String> environment(
      Path directory, Map<String, String> environment, String... more) {
    try {
      Path file = Files.createTempFile(directory, "papi", ".conf");
      Files.writeString(file, CONFIGURATION + String.join("\n", more));
      Map<String, String> all = new HashMap<>(environment);
      all.put("PAPI_CONFIG", file.toString());
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How often it was asked of the store, without the first contact. */
  static long statements(SnowflakeStandIn snowflake) {
    return statements(snowflake, PART);
  }

  /** The same, of the query whose SQL alone contains {@code part}. */
  static long statements(SnowflakeStandIn snowflake, String part) {
    return snowflake.statements().stream()
        .filter(sql -> sql.contains(part) && !sql.contains("papi_query"))
        .count();
  }
}
