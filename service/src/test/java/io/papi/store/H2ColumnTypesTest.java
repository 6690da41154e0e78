package io.papi.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The types of columns as H2's driver gives them. */
class H2ColumnTypesTest extends ColumnTypesContract {

  @Override
  protected DataSource source() {
    return database;
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "TIMESTAMP(9)|TIMESTAMP '1000-02-28 12:00:00'|\"1000-02-28T12:00:00\"",
        "TIMESTAMP(9)|TIMESTAMP '1582-10-10 12:00:00'|\"1582-10-10T12:00:00\"",
        "TIMESTAMP(9)|TIMESTAMP '0000-12-31 23:59:59.5'|\"0000-12-31T23:59:59.5\"",
        "TIMESTAMP(9)|TIMESTAMP '-9999-01-01 00:00:00'|\"-9999-01-01T00:00:00\"",
        "TIMESTAMP(9) WITH TIME ZONE|TIMESTAMP WITH TIME ZONE '-0100-01-01 00:00:00+02:00:30'"
            + "|\"-0100-01-01T00:00:00+02:00:30\""
      })
  void json_ofATimestampLongAgo_isWhatTheTableHolds(String type, String sql, String json)
      throws SQLException {
    assertThat(valueOf(type, sql, false)).isEqualTo(json);
  }
}
