package io.papi.store.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.papi.lookup.Key;
import io.papi.lookup.Outcome;
import io.papi.lookup.Outcome.Fault;
import io.papi.lookup.Outcome.Found;
import io.papi.lookup.Outcome.Reason;
import io.papi.lookup.Outcome.Unavailable;
import io.papi.lookup.Outcome.Unreadable;
import io.papi.lookup.Row;
import io.papi.lookup.Ticker;
import io.papi.query.Arguments;
import io.papi.query.Parameter;
import io.papi.query.ParameterType;
import io.papi.query.QueryLimits;
import io.papi.store.SchemaMismatchException;
import io.papi.testing.Property;
import io.papi.testing.Queries;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class QueryStoreTest {
  private static final ParameterType ANY_TEXT = new ParameterType.Text(Optional.empty(), 1_000);
  private static final ParameterType WHOLE =
      new ParameterType.Whole(Long.MIN_VALUE, Long.MAX_VALUE);

  private final Ticker ticker = Ticker.system();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final JdbcDataSource database = new JdbcDataSource();

  /** Called by a statement, to take its time. */
  public static int pause(int millis) throws InterruptedException {
    Thread.sleep(millis);
    return millis;
  }

  @BeforeEach
  void makeDatabase() throws SQLException {
    database.setUrl("jdbc:h2:mem:" + UUID.randomUUID() + "/API;DB_CLOSE_DELAY=-1");
    execute("CREATE TABLE T (ID NUMBER(38,0), NAME VARCHAR(20), BORN DATE, SINCE TIMESTAMP(9))");
    execute(
        "INSERT INTO T SELECT X, 'name ' || X, DATEADD(DAY, X, DATE '1995-01-01'), TIMESTAMP"
            + " '1995-01-01 12:00:00' FROM SYSTEM_RANGE(1, 300)");
    execute("CREATE ALIAS PAUSE FOR 'io.papi.store.query.QueryStoreTest.pause'");
  }

  @AfterEach
  void dropDatabase() throws SQLException {
    execute("SHUTDOWN IMMEDIATELY");
  }

  @Test
  void load_rows_areAnArrayInTheirOrder() {
    QueryStore store =
        store(
            "SELECT id, name FROM t WHERE id BETWEEN :from AND :to ORDER BY id DESC",
            parameter("from", WHOLE),
            parameter("to", WHOLE));
    assertThat(store.columns()).isEmpty();
    assertThat(store.check()).isTrue();
    assertThat(store.columns()).containsExactly("ID", "NAME");
    assertThat(json(store, Map.of("from", "2", "to", "3")))
        .isEqualTo("[{\"ID\":3,\"NAME\":\"name 3\"},{\"ID\":2,\"NAME\":\"name 2\"}]");
    assertThat(json(store, Map.of("from", "5", "to", "4"))).isEqualTo("[]");
    assertThat(store.isUp()).isTrue();
  }

  @Test
  void load_nothingOfARow_isNull() {
    QueryStore store = store("SELECT CAST(NULL AS VARCHAR) AS a, CAST(NULL AS DATE) AS b");
    assertThat(json(store, Map.of())).isEqualTo("[{\"A\":null,\"B\":null}]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "whole     | 9223372036854775807        | CAST(:x AS VARCHAR) | \"9223372036854775807\"",
        "whole     | 7                          | :x + 1              | 8",
        "whole     | 7                          | :x                  | 7",
        "decimal   | 12.5                       | :x * 2              | 25.0",
        "text      | a' OR ''=' :x -- /* \" $$  | :x                  | \"a' OR ''=' :x -- /* \\\""
            + " $$\"",
        "date      | 1995-02-28                 | DATEADD(DAY, 1, :x)              |"
            + " \"1995-03-01\"",
        "date      | 0001-01-01                 | :x                  | \"0001-01-01\"",
        "timestamp | 1995-01-31T23:59:59.123    | :x                  |"
            + " \"1995-01-31T23:59:59.123\"",
        "flag      | true                       | NOT :x              | false",
        "flag      | true                       | :x                  | true",
      })
  void load_value_isBoundByItsType(String type, String value, String expression, String json) {
    ParameterType bound =
        switch (type) {
          case "whole" -> WHOLE;
          case "decimal" -> new ParameterType.Decimal(Optional.empty(), Optional.empty());
          case "text" -> ANY_TEXT;
          case "date" -> new ParameterType.Date(Optional.empty(), Optional.empty());
          case "timestamp" -> new ParameterType.Timestamp(Optional.empty(), Optional.empty());
          default -> new ParameterType.Flag();
        };
    QueryStore store = store("SELECT " + expression + " AS v", parameter("x", bound));
    assertThat(json(store, Map.of("x", value))).isEqualTo("[{\"V\":" + json + "}]");
  }

  @Test
  void load_null_isBound() {
    QueryStore store =
        store(
            "SELECT COUNT(*) AS n FROM t WHERE :name IS NULL OR name = :name",
            parameter("name", ANY_TEXT));
    assertThat(json(store, Map.of())).isEqualTo("[{\"N\":300}]");
    assertThat(json(store, Map.of("name", "name 7"))).isEqualTo("[{\"N\":1}]");
  }

  /** Whatever text it is, it comes back as it is: no part of it was SQL. */
  @Test
  void load_anyText_isAValue() {
    QueryStore store =
        store("SELECT :x AS v, ':x' AS w /* :x */ WHERE :x = :x", parameter("x", ANY_TEXT));
    String[] parts = {"'", "''", "\"", "\\", ";", "--", "/*", "*/", "$$", ":x", "?", " OR ", "ä"};
    Property.check(
        300,
        random -> {
          StringBuilder text = new StringBuilder();
          int count = random.nextInt(1, 8);
          for (int i = 0; i < count; i++) {
            text.append(parts[random.nextInt(parts.length)]);
          }
          String json = json(store, Map.of("x", text.toString()));
          assertThat(JsonMapper.shared().readTree(json).get(0).get("V").asString())
              .isEqualTo(text.toString());
        });
  }

  @Test
  void load_withAndUnion_areQueriesToo() {
    QueryStore with =
        store(
            "WITH x AS (SELECT id FROM t WHERE id < :to) SELECT COUNT(*) AS n FROM x",
            parameter("to", WHOLE));
    assertThat(with.check()).isTrue();
    assertThat(json(with, Map.of("to", "10"))).isEqualTo("[{\"N\":9}]");
    QueryStore union = store("(SELECT 1 AS n) UNION ALL (SELECT 2) ORDER BY n");
    assertThat(json(union, Map.of())).isEqualTo("[{\"N\":1},{\"N\":2}]");
  }

  @ParameterizedTest
  @CsvSource({"299, 16777216", "10000, 4000"})
  void load_moreThanMayBe_isNoShorterAnswer(int maxRows, int maxBytes) {
    QueryStore store =
        store(
            "SELECT id, name FROM t",
            new QueryLimits(maxRows, maxBytes, 1_000, Duration.ofSeconds(10)));
    assertThat(load(store, Map.of()))
        .isInstanceOfSatisfying(
            Unreadable.class, none -> assertThat(none.fault()).isEqualTo(Fault.TOO_LARGE));
    assertThat(meters.get("papi.store.too.large").tag("dataset", "test").counter().count())
        .isEqualTo(1);
    assertThat(meters.get("papi.store.unreadable").tag("dataset", "test").counter().count())
        .isZero();
  }

  /** Far more rows than the heap holds: the database is not asked for them. */
  @Test
  void load_farMoreThanMayBe_isToldAtOnce() {
    QueryStore store =
        store(
            "SELECT X AS n, REPEAT('x', 100) AS t FROM SYSTEM_RANGE(1, 1000000000)",
            new QueryLimits(1_000, 16 << 20, 1_000, Duration.ofSeconds(10)));
    assertThat(load(store, Map.of()))
        .isInstanceOfSatisfying(
            Unreadable.class, none -> assertThat(none.fault()).isEqualTo(Fault.TOO_LARGE));
  }

  @Test
  void load_justAsMuchAsMayBe_isFound() {
    QueryStore store =
        store(
            "SELECT id, name FROM t",
            new QueryLimits(300, 16 << 20, 1_000, Duration.ofSeconds(10)));
    int length = json(store, Map.of()).length();
    QueryStore exact =
        store(
            "SELECT id, name FROM t", new QueryLimits(300, length, 1_000, Duration.ofSeconds(10)));
    assertThat(json(exact, Map.of())).hasSize(length);
  }

  @Test
  void load_valuesWithoutAResult_harmNobodyElse() {
    QueryStore store = store("SELECT 10 / :x AS v", parameter("x", WHOLE));
    assertThat(load(store, Map.of("x", "0")))
        .isInstanceOfSatisfying(
            Unreadable.class, none -> assertThat(none.fault()).isEqualTo(Fault.VALUE));
    assertThat(json(store, Map.of("x", "5"))).isEqualTo("[{\"V\":2}]");
    assertThat(meters.get("papi.store.unreadable").tag("dataset", "test").counter().count())
        .isEqualTo(1);
  }

  @Test
  void load_columnsThatChange_areNotTakenForTheOldOnes() throws SQLException {
    QueryStore store = store("SELECT * FROM t WHERE id = 7");
    assertThat(store.check()).isTrue();
    execute("ALTER TABLE T ALTER COLUMN NAME NUMBER(5,0) USING 5");
    assertThat(load(store, Map.of())).isEqualTo(new Unavailable(Reason.SCHEMA_MISMATCH));
    assertThat(store.isUp()).isFalse();
    execute("ALTER TABLE T DROP COLUMN NAME");
    assertThat(load(store, Map.of())).isEqualTo(new Unavailable(Reason.SCHEMA_MISMATCH));
    execute("ALTER TABLE T ADD COLUMN NAME VARCHAR(20) BEFORE BORN");
    assertThat(json(store, Map.of())).contains("\"NAME\":null");
    execute("ALTER TABLE T RENAME COLUMN NAME TO LABEL");
    assertThat(load(store, Map.of())).isEqualTo(new Unavailable(Reason.SCHEMA_MISMATCH));
    execute("ALTER TABLE T RENAME COLUMN LABEL TO NAME");
    execute("ALTER TABLE T ADD COLUMN MORE VARCHAR(20)");
    assertThat(load(store, Map.of())).isEqualTo(new Unavailable(Reason.SCHEMA_MISMATCH));
    execute("DROP TABLE T");
    assertThat(load(store, Map.of())).isEqualTo(new Unavailable(Reason.SCHEMA_MISMATCH));
  }

  @Test
  void load_statementThatTakesTooLong_isCancelled() {
    QueryStore store =
        store(
            "SELECT SUM(PAUSE(20)) AS n FROM SYSTEM_RANGE(1, 1000)",
            new QueryLimits(1, 1_000, 1_000, Duration.ofMillis(400)));
    assertThat(store.check()).isTrue();
    long began = ticker.nanos();
    assertThat(load(store, Map.of())).isEqualTo(new Unavailable(Reason.STORE_FAILED));
    assertThat(Duration.ofNanos(ticker.nanos() - began)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void check_statement_isReadButNotRun() {
    QueryStore store = store("SELECT SUM(PAUSE(1000)) AS n FROM SYSTEM_RANGE(1, 1000)");
    long began = ticker.nanos();
    assertThat(store.check()).isTrue();
    assertThat(Duration.ofNanos(ticker.nanos() - began)).isLessThan(Duration.ofSeconds(100));
    assertThat(store.columns()).containsExactly("N");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT nothing FROM t           | query test: the database does not take its SQL:",
        "SELECT 1 AS n FROM nowhere      | query test: the database does not take its SQL:",
        "SELECT NOTHING(1) AS n          | query test: the database does not take its SQL:",
        "SELECT 1 AS n FROM t WHERE      | query test: the database does not take its SQL:",
        "SELECT 1 AS a, 2 AS a           | query test:",
        "SELECT INTERVAL '1' DAY AS g     | query test:",
      })
  void check_whatTheDatabaseDoesNotTake_refuses(String sql, String why) {
    QueryStore store = store(sql);
    assertThatThrownBy(store::check)
        .isInstanceOf(SchemaMismatchException.class)
        .hasMessageStartingWith(why);
  }

  private QueryStore store(String sql, Parameter... parameters) {
    return new QueryStore(
        Queries.of("test", "/test", sql, List.of(parameters)), database, meters, ticker);
  }

  private QueryStore store(String sql, QueryLimits limits) {
    return new QueryStore(
        Queries.of("test", "/test", sql, List.of(), limits), database, meters, ticker);
  }

  private static Parameter parameter(String name, ParameterType type) {
    return new Parameter(name, type, false, Optional.empty());
  }

  private static Outcome load(QueryStore store, Map<String, String> values) {
    Key key = new Arguments(values).key();
    return requireNonNull(store.load(Set.of(key)).get(key), "no outcome");
  }

  private static String json(QueryStore store, Map<String, String> values) {
    Outcome outcome = load(store, values);
    assertThat(outcome).isInstanceOf(Found.class);
    Row row = ((Found) outcome).row();
    byte[] bytes = new byte[row.length()];
    row.copyTo(bytes, 0);
    return new String(bytes, UTF_8);
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
