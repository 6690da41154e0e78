package io.papi.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.papi.secret.Secret;
import io.papi.store.snowflake.SignIn;
import io.papi.store.snowflake.SnowflakeDataSource;
import io.papi.store.snowflake.SnowflakeSettings;
import io.papi.testing.SnowflakeStandIn;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The types of columns as Snowflake's driver gives them. */
class SnowflakeColumnTypesIT extends ColumnTypesContract {
  private SnowflakeStandIn snowflake;

  @BeforeEach
  void start() {
    snowflake = SnowflakeStandIn.start(database);
  }

  @AfterEach
  void stop() {
    snowflake.close();
  }

  @Override
  protected DataSource source() {
    return new SnowflakeDataSource(
        new SnowflakeSettings(
            "standin",
            URI.create("http://127.0.0.1:" + snowflake.port()),
            new SnowflakeSettings.Context("API", "PUBLIC", Optional.empty(), Optional.empty()),
            new SignIn.Password("papi", new Secret("secret")),
            Duration.ofMillis(1500)),
        new SimpleMeterRegistry());
  }

  @Test
  void defaultRow_ofLocalTimestamp_isInUtc() throws SQLException {
    snowflake.present("V", "timestamp_ltz");
    assertThat(defaultValueOf("TIMESTAMP(9) WITH TIME ZONE", "2024-03-31T02:30:00.5+05:45"))
        .isEqualTo("\"2024-03-30T20:45:00.5Z\"");
  }

  /** As a row with such a day is not shown either. */
  @ParameterizedTest
  @ValueSource(strings = {"1582-10-10T12:00:00", "0000-12-31T12:00:00"})
  void defaultRow_ofATimestampThatTheDriverMayShift_isRefused(String time) {
    assertThatThrownBy(() -> defaultValueOf("TIMESTAMP(9)", time))
        .isInstanceOf(SchemaMismatchException.class)
        .hasMessageContaining("default-row.V is " + time);
  }

  @Test
  void json_ofLocalTimestamp_isInUtc() throws SQLException {
    snowflake.present("V", "timestamp_ltz");
    assertThat(
            valueOf(
                "TIMESTAMP(9) WITH TIME ZONE",
                "TIMESTAMP WITH TIME ZONE '2024-03-31 02:30:00.5+05:45'",
                false))
        .isEqualTo("\"2024-03-30T20:45:00.5Z\"");
  }

  /** The driver's text of these is another day's, or that of two. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "1582-10-14 12:00:00",
        "1582-10-10 12:00:00",
        "1582-10-05 12:00:00",
        "1582-09-30 12:00:00",
        "1500-03-01 12:00:00",
        "1500-03-05 12:00:00",
        "0100-02-28 12:00:00"
      })
  void json_ofATimestampThatTheDriverMayShift_isNone(String time) {
    assertThatThrownBy(() -> valueOf("TIMESTAMP(9)", "TIMESTAMP '" + time + "'", false))
        .hasMessageContaining("Unreadable");
  }

  /** Of which the driver's text is of another year, and on another day in places. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TIMESTAMP(9)|TIMESTAMP '0000-12-31 23:59:59.5'",
        "TIMESTAMP(9)|TIMESTAMP '-9999-01-01 00:00:00'",
        "TIMESTAMP(9) WITH TIME ZONE|TIMESTAMP WITH TIME ZONE '-0100-01-01 00:00:00+02:00'"
      })
  void json_ofATimestampBeforeTheFirstYear_isNoWrongOne(String type, String sql) {
    assertThatThrownBy(() -> valueOf(type, sql, false)).hasMessageContaining("Unreadable");
  }

  @ParameterizedTest
  @ValueSource(strings = {"variant", "object", "array"})
  void json_ofSemiStructured_isTheJsonOfIt(String type) throws SQLException {
    snowflake.present("V", type);
    assertThat(valueOf("VARCHAR(50)", "'{ \"a\" : [ 1.50 ,\n 2 ] }'", false))
        .isEqualTo("{\"a\":[1.50,2]}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[1, undefined]", "{\"a\":NaN}", "{}{}", ""})
  void json_ofSemiStructured_thatIsNoJson_isAString(String text) throws SQLException {
    snowflake.present("V", "variant");
    assertThat(valueOf("VARCHAR(50)", "'" + text + "'", false))
        .isEqualTo("\"" + text.replace("\"", "\\\"") + "\"");
  }
}
