package io.papi.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.papi.dataset.AnswerRules;
import io.papi.dataset.AnswerShape;
import io.papi.dataset.Dataset;
import io.papi.dataset.Freshness;
import io.papi.dataset.KeyType;
import io.papi.dataset.MissingPolicy;
import io.papi.lookup.Key;
import io.papi.lookup.Ticker;
import io.papi.testing.Outcomes;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How each type of column becomes JSON, whatever the driver is and wherever the service runs: in
 * UTC, west of it, east of it, beyond +12, and where a day was skipped (2011-12-30 in Apia).
 *
 * <p>The JVM's zone is set for the time of a test and set back after it. That is safe as long as
 * the tests of one JVM run one after the other, which they do.
 */
@ParameterizedClass
@ValueSource(
    strings = {"UTC", "America/Los_Angeles", "Asia/Kolkata", "Pacific/Auckland", "Pacific/Apia"})
abstract class ColumnTypesContract {
  private static final Freshness FRESHNESS =
      new Freshness(
          Duration.ofMinutes(3),
          Duration.ofHours(1),
          Duration.ofMillis(150),
          Duration.ofSeconds(30),
          0);

  private final TimeZone own = TimeZone.getDefault();
  protected final JdbcDataSource database = new JdbcDataSource();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Ticker ticker = Ticker.system();

  @Parameter private String zone = "";

  /** What the store under test asks; its rows are those of {@link #database}. */
  protected abstract DataSource source();

  @BeforeEach
  void makeDatabase() {
    TimeZone.setDefault(TimeZone.getTimeZone(zone));
    database.setUrl("jdbc:h2:mem:" + UUID.randomUUID() + "/API;DB_CLOSE_DELAY=-1");
  }

  @AfterEach
  void dropDatabase() throws SQLException {
    TimeZone.setDefault(own);
    execute("SHUTDOWN IMMEDIATELY");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "NUMBER(38,0)|99999999999999999999999999999999999999|99999999999999999999999999999999999999",
        "NUMBER(38,0)|-9007199254740993|-9007199254740993",
        "NUMBER(12,4)|12.5|12.5000",
        "NUMBER(38,37)|1.2345678901234567890123456789012345678|1.2345678901234567890123456789012345678",
        "NUMBER(38,10)|0.0000000001|0.0000000001",
        "DOUBLE PRECISION|0.1|0.1",
        "DOUBLE PRECISION|-1.5E300|-1.5E300",
        "DOUBLE PRECISION|'NaN'|null",
        "DOUBLE PRECISION|'Infinity'|null",
        "DOUBLE PRECISION|'-Infinity'|null",
        "VARCHAR(50)|'a \"b\" \\ <c> Ä 😀'|\"a \\\"b\\\" \\\\ <c> Ä 😀\"",
        "VARCHAR(50)|''|\"\"",
        "BOOLEAN|TRUE|true",
        "BOOLEAN|FALSE|false",
        "DATE|DATE '2024-02-29'|\"2024-02-29\"",
        "DATE|DATE '1969-12-31'|\"1969-12-31\"",
        "DATE|DATE '2024-03-10'|\"2024-03-10\"",
        "DATE|DATE '2011-12-30'|\"2011-12-30\"",
        "DATE|DATE '1582-10-15'|\"1582-10-15\"",
        "DATE|DATE '1582-10-10'|\"1582-10-10\"",
        "DATE|DATE '1582-10-04'|\"1582-10-04\"",
        "DATE|DATE '1500-03-01'|\"1500-03-01\"",
        "DATE|DATE '1500-02-28'|\"1500-02-28\"",
        "DATE|DATE '1500-01-01'|\"1500-01-01\"",
        "DATE|DATE '0001-01-01'|\"0001-01-01\"",
        "DATE|DATE '9999-12-31'|\"9999-12-31\"",
        "DATE|DATE '10000-01-01'|\"+10000-01-01\"",
        "DATE|DATE '999999-12-31'|\"+999999-12-31\"",
        "DATE|DATE '0001-01-01'|\"0001-01-01\"",
        "DATE|DATE '0000-12-31'|\"0000-12-31\"",
        "DATE|DATE '0000-01-01'|\"0000-01-01\"",
        "DATE|DATE '-0001-12-31'|\"-0001-12-31\"",
        "DATE|DATE '-0044-03-15'|\"-0044-03-15\"",
        "DATE|DATE '-9999-01-01'|\"-9999-01-01\"",
        "TIMESTAMP(9)|TIMESTAMP '10000-01-01 00:00:00.5'|\"+10000-01-01T00:00:00.5\"",
        "TIMESTAMP(9)|TIMESTAMP '0001-01-01 00:00:00'|\"0001-01-01T00:00:00\"",
        "TIMESTAMP(9)|TIMESTAMP '1000-02-20 12:00:00'|\"1000-02-20T12:00:00\"",
        "TIMESTAMP(9) WITH TIME ZONE|TIMESTAMP WITH TIME ZONE '10000-01-01 00:00:00+02:00'"
            + "|\"+10000-01-01T00:00:00+02:00\"",
        "TIMESTAMP(9) WITH TIME ZONE|TIMESTAMP WITH TIME ZONE '1000-02-20 12:00:00-05:00'"
            + "|\"1000-02-20T12:00:00-05:00\"",
        "TIME(9)|TIME '23:59:59.123456789'|\"23:59:59.123456789\"",
        "TIME(9)|TIME '00:00:00'|\"00:00:00\"",
        "TIME(9)|TIME '02:30:00'|\"02:30:00\"",
        "TIMESTAMP(9)|TIMESTAMP '2024-03-31 02:30:00.123456789'|\"2024-03-31T02:30:00.123456789\"",
        "TIMESTAMP(9)|TIMESTAMP '1950-06-01 00:00:00'|\"1950-06-01T00:00:00\"",
        "TIMESTAMP(9)|TIMESTAMP '2024-03-10 02:30:00'|\"2024-03-10T02:30:00\"",
        "TIMESTAMP(9)|TIMESTAMP '2024-09-29 02:30:00'|\"2024-09-29T02:30:00\"",
        "TIMESTAMP(9)|TIMESTAMP '2011-12-30 12:00:00'|\"2011-12-30T12:00:00\"",
        "TIMESTAMP(9)|TIMESTAMP '1582-10-15 00:00:00'|\"1582-10-15T00:00:00\"",
        "TIMESTAMP(9)|TIMESTAMP '1400-01-01 00:00:00'|\"1400-01-01T00:00:00\"",
        "TIMESTAMP(9)|TIMESTAMP '0001-01-01 00:00:00'|\"0001-01-01T00:00:00\"",
        "TIMESTAMP(9) WITH TIME ZONE|TIMESTAMP WITH TIME ZONE '2024-03-31 02:30:00.5+05:45'"
            + "|\"2024-03-31T02:30:00.5+05:45\"",
        "TIMESTAMP(9) WITH TIME ZONE|TIMESTAMP WITH TIME ZONE '1969-12-31 23:59:59.25-08:00'"
            + "|\"1969-12-31T23:59:59.25-08:00\"",
        "TIMESTAMP(9) WITH TIME ZONE|TIMESTAMP WITH TIME ZONE '2011-12-30 12:00:00-11:00'"
            + "|\"2011-12-30T12:00:00-11:00\"",
        "TIMESTAMP(9) WITH TIME ZONE|TIMESTAMP WITH TIME ZONE '0001-01-01 00:00:00+14:00'"
            + "|\"0001-01-01T00:00:00+14:00\"",
        "VARBINARY(8)|X'00ff10'|\"00FF10\"",
        "VARBINARY(8)|X''|\"\"",
        "JSON|JSON '{\"a\": [1, 2.50, null], \"b\": \"x\"}'|{\"a\":[1,2.50,null],\"b\":\"x\"}",
        "JSON|JSON '12345678901234567890123456789'|12345678901234567890123456789",
        "JSON|JSON '\"text\"'|\"text\""
      })
  void json_ofAValue(String type, String sql, String json) throws SQLException {
    assertThat(valueOf(type, sql, false)).isEqualTo(json);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NUMBER(38,0)",
        "NUMBER(12,4)",
        "DOUBLE PRECISION",
        "VARCHAR(50)",
        "BOOLEAN",
        "DATE",
        "TIME(9)",
        "TIMESTAMP(9)",
        "TIMESTAMP(9) WITH TIME ZONE",
        "VARBINARY(8)",
        "JSON"
      })
  void json_ofNull_isNull(String type) throws SQLException {
    assertThat(valueOf(type, "NULL", false)).isEqualTo("null");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "NUMBER(38,0)|9007199254740992|9007199254740992",
        "NUMBER(38,0)|9007199254740993|\"9007199254740993\"",
        "NUMBER(38,0)|-9007199254740993|\"-9007199254740993\"",
        "NUMBER(20,5)|1234567890.12345|1234567890.12345",
        "NUMBER(20,5)|12345678901.12345|\"12345678901.12345\""
      })
  void json_ofLargeNumbers_isAString_whereTheDatasetSaysSo(String type, String sql, String json)
      throws SQLException {
    assertThat(valueOf(type, sql, true)).isEqualTo(json);
  }

  /** The text of the default row, and the same value in SQL. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "NUMBER(10,2)|5|5",
        "NUMBER(10,2)|-12345678.9|-12345678.9",
        "NUMBER(38,0)|1e3|1000",
        "NUMBER(38,0)|99999999999999999999999999999999999999|99999999999999999999999999999999999999",
        "NUMBER(20,5)|12345678901.12345|12345678901.12345",
        "DOUBLE PRECISION|0.1|0.1",
        "DOUBLE PRECISION|1e21|1e21",
        "DOUBLE PRECISION|5|5",
        "VARCHAR(50)|a \"b\" \\ Ä 😀|'a \"b\" \\ Ä 😀'",
        "VARCHAR(50)|``|''",
        "BOOLEAN|true|TRUE",
        "DATE|2024-02-29|DATE '2024-02-29'",
        "DATE|-0044-03-15|DATE '-0044-03-15'",
        "TIME(9)|23:59:59.120|TIME '23:59:59.12'",
        "TIME(3)|00:00:00|TIME '00:00:00'",
        "TIMESTAMP(9)|2024-03-31 02:30:00.123456789|TIMESTAMP '2024-03-31 02:30:00.123456789'",
        "TIMESTAMP(3)|2024-03-31T02:30:00.5|TIMESTAMP '2024-03-31 02:30:00.5'",
        "TIMESTAMP(9) WITH TIME ZONE|2024-03-31T02:30:00.5+05:45"
            + "|TIMESTAMP WITH TIME ZONE '2024-03-31 02:30:00.5+05:45'",
        "TIMESTAMP(9) WITH TIME ZONE|2024-03-31T02:30:00Z"
            + "|TIMESTAMP WITH TIME ZONE '2024-03-31 02:30:00+00:00'",
        "VARBINARY(8)|00ff10|X'00ff10'",
        "JSON|{\"a\": [1, 2.50, null]}|JSON '{\"a\": [1, 2.50, null]}'"
      })
  void defaultRow_isWhatTheTableWouldShow(String type, String text, String sql)
      throws SQLException {
    execute("CREATE TABLE T (ID NUMBER(38,0) PRIMARY KEY, V " + type + ", W " + type + ")");
    execute("INSERT INTO T VALUES (9007199254740993, " + sql + ", NULL)");
    for (boolean largeNumbersAsStrings : new boolean[] {false, true}) {
      SqlStore store = store(List.of("V", "ID", "W"), Map.of("V", text), largeNumbersAsStrings);
      Key key = new Key("9007199254740993");
      String row = json(store, key.text());
      assertThat(store.defaultRow(key).map(Outcomes::text)).hasValue(row);
    }
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "NUMBER(10,2)|5.001|a number of 10 digits, 2 of them behind the point",
        "NUMBER(10,2)|123456789|a number of 10 digits, 2 of them behind the point",
        "NUMBER(10,0)|five|a number of 10 digits, 0 of them behind the point",
        "DOUBLE PRECISION|NaN|a number such as 1.5 or 1e9",
        "VARCHAR(3)|abcd|text of 3 characters at most",
        "BOOLEAN|yes|true or false",
        "DATE|2023-02-29|of the form 2026-01-31",
        "TIME(3)|10:00:00.1234|of the form 23:59:59, with 3 digits of a second at most",
        "TIMESTAMP(3)|2026-01-31|of the form 2026-01-31T23:59:59, with 3",
        "TIMESTAMP(9) WITH TIME ZONE|2026-01-31T10:00:00|of the form 2026-01-31T23:59:59+01:00",
        "VARBINARY(2)|0|an even number of hexadecimal digits, for 2 bytes at most",
        "VARBINARY(2)|000000|an even number of hexadecimal digits, for 2 bytes at most",
        "JSON|{]|JSON"
      })
  void defaultRow_thatTheTableCannotHold_isRefused_namingTheKey(
      String type, String text, String allowed) throws SQLException {
    execute("CREATE TABLE T (ID NUMBER(38,0) PRIMARY KEY, V " + type + ")");
    SqlStore store = store(List.of("ID", "V"), Map.of("V", text), false);
    assertThatThrownBy(store::check)
        .isInstanceOf(SchemaMismatchException.class)
        .hasMessageContaining("datasets.test.default-row.V is " + text + ", not " + allowed);
    assertThat(store.defaultRow(new Key("1"))).isEmpty();
  }

  @Test
  void json_ofNotFinite_isCounted() throws SQLException {
    valueOf("DOUBLE PRECISION", "'NaN'", false);
    assertThat(meters.counter("papi.store.not.finite", "dataset", "test").count()).isEqualTo(1);
  }

  @Test
  void find_textKey_isBoundAsText() throws SQLException {
    execute("CREATE TABLE T (ID VARCHAR(20) PRIMARY KEY, V NUMBER(5,0))");
    execute("INSERT INTO T VALUES ('a''b', 7)");
    SqlStore store = store(new KeyType.Text(20), false);
    assertThat(json(store, "a'b")).isEqualTo("{\"V\":7}");
  }

  @Test
  void find_longestWholeKey_isBoundExactly() throws SQLException {
    String id = "9".repeat(38);
    execute("CREATE TABLE T (ID NUMBER(38,0) PRIMARY KEY, V NUMBER(5,0))");
    execute("INSERT INTO T VALUES (" + id + ", 7)");
    assertThat(json(store(new KeyType.Whole(38), false), id)).isEqualTo("{\"V\":7}");
  }

  /** The JSON of a value alone. */
  protected final String valueOf(String type, String sql, boolean largeNumbersAsStrings)
      throws SQLException {
    execute("CREATE TABLE T (ID NUMBER(38,0) PRIMARY KEY, V " + type + ")");
    execute("INSERT INTO T VALUES (1, " + sql + ")");
    String row = json(store(new KeyType.Whole(38), largeNumbersAsStrings), "1");
    assertThat(row).startsWith("{\"V\":").endsWith("}");
    return row.substring(5, row.length() - 1);
  }

  /** The JSON of a value of the default row alone. */
  protected final String defaultValueOf(String type, String text) throws SQLException {
    execute("CREATE TABLE T (ID NUMBER(38,0) PRIMARY KEY, V " + type + ")");
    SqlStore store = store(List.of("V"), Map.of("V", text), false);
    assertThat(store.check()).isTrue();
    String row = store.defaultRow(new Key("1")).map(Outcomes::text).orElseThrow();
    return row.substring(5, row.length() - 1);
  }

  private SqlStore store(KeyType keyType, boolean largeNumbersAsStrings) {
    Dataset dataset =
        new Dataset("test", "T", "ID", keyType, List.of("V"), largeNumbersAsStrings, 1, FRESHNESS);
    return new SqlStore(dataset, source(), 128, meters, ticker);
  }

  private SqlStore store(
      List<String> columns, Map<String, String> defaultRow, boolean largeNumbersAsStrings) {
    AnswerRules rules =
        new AnswerRules(AnswerShape.ARRAY, MissingPolicy.OMIT, Optional.of(defaultRow), Map.of());
    KeyType whole = new KeyType.Whole(38);
    return new SqlStore(
        new Dataset(
            "test",
            "T",
            "ID",
            whole,
            columns,
            largeNumbersAsStrings,
            1,
            FRESHNESS,
            rules,
            List.of()),
        source(),
        128,
        meters,
        ticker);
  }

  private String json(SqlStore store, String id) {
    Key key = new Key(id);
    return Outcomes.text(store.load(Set.of(key)).get(key));
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
