package io.papi.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.papi.dataset.AlternateKey;
import io.papi.dataset.AnswerRules;
import io.papi.dataset.AnswerShape;
import io.papi.dataset.Dataset;
import io.papi.dataset.Fold;
import io.papi.dataset.Freshness;
import io.papi.dataset.KeyType;
import io.papi.dataset.MissingPolicy;
import io.papi.lookup.Key;
import io.papi.lookup.Loader;
import io.papi.lookup.LoaderContract;
import io.papi.lookup.Outcome;
import io.papi.lookup.Outcome.Absent;
import io.papi.lookup.Outcome.Found;
import io.papi.lookup.Outcome.Reason;
import io.papi.lookup.Outcome.Unavailable;
import io.papi.lookup.Outcome.Unreadable;
import io.papi.lookup.Ticker;
import io.papi.testing.Outcomes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlStoreTest extends LoaderContract {
  private static final Freshness FRESHNESS =
      new Freshness(
          Duration.ofMinutes(3),
          Duration.ofHours(1),
          Duration.ofMillis(150),
          Duration.ofSeconds(30),
          0);

  private final Ticker ticker = Ticker.system();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final JdbcDataSource database = new JdbcDataSource();

  @BeforeEach
  void makeDatabase() throws SQLException {
    database.setUrl("jdbc:h2:mem:" + UUID.randomUUID() + "/API;DB_CLOSE_DELAY=-1");
    execute(
        "CREATE TABLE T (ID NUMBER(38,0) PRIMARY KEY, NAME VARCHAR(20), PRICE NUMBER(12,4),"
            + " RATIO DOUBLE, GOOD BOOLEAN, BORN DATE, RISES TIME(3), SINCE TIMESTAMP(3),"
            + " SEEN TIMESTAMP(3) WITH TIME ZONE, RAW VARBINARY(8))");
    execute("INSERT INTO T (ID, NAME) SELECT X, 'name ' || X FROM SYSTEM_RANGE(1, 300)");
  }

  @AfterEach
  void dropDatabase() throws SQLException {
    execute("SHUTDOWN IMMEDIATELY");
  }

  @Override
  protected Loader loader() {
    return store(whole(38, "ID", "NAME"));
  }

  @Override
  protected Ticker ticker() {
    return ticker;
  }

  @Test
  void find_everyType_isWrittenAsJson() throws SQLException {
    execute(
        "UPDATE T SET NAME = 'a\"b\u00e4', PRICE = 12.5, RATIO = 0.25, GOOD = TRUE,"
            + " BORN = DATE '2026-01-31', RISES = TIME '23:59:58.123',"
            + " SINCE = TIMESTAMP '2026-01-31 23:59:58.120',"
            + " SEEN = TIMESTAMP WITH TIME ZONE '2026-01-31 23:59:58.123+01:00',"
            + " RAW = X'00ff' WHERE ID = 1");
    assertThat(json(store(everything()), "1"))
        .isEqualTo(
            "{\"ID\":1,\"NAME\":\"a\\\"b\u00e4\",\"PRICE\":12.5000,\"RATIO\":0.25,\"GOOD\":true,"
                + "\"BORN\":\"2026-01-31\",\"RISES\":\"23:59:58.123\","
                + "\"SINCE\":\"2026-01-31T23:59:58.12\","
                + "\"SEEN\":\"2026-01-31T23:59:58.123+01:00\",\"RAW\":\"00FF\"}");
  }

  @Test
  void find_columnsLeftOut_areAllOfTheTableInItsOrder() throws SQLException {
    execute("CREATE TABLE A (\"b c\" BOOLEAN, ID NUMBER(38,0), \"ORDER\" VARCHAR(9), a DATE)");
    execute("INSERT INTO A VALUES (TRUE, 1, 'x', NULL)");
    Dataset all =
        new Dataset("test", "A", "id", new KeyType.Whole(38), List.of(), false, 1, FRESHNESS);
    SqlStore store = store(all);
    assertThat(store.columns()).isEmpty();
    assertThat(json(store, "1")).isEqualTo("{\"b c\":true,\"ID\":1,\"ORDER\":\"x\",\"A\":null}");
    assertThat(store.columns()).containsExactly("b c", "ID", "ORDER", "A");
  }

  @Test
  void columns_configured_areKnownFromTheStart() {
    SqlStore store = store(whole(38, "name", "\"ID\""));
    assertThat(store.columns()).containsExactly("name", "ID");
    assertThat(store.check()).isTrue();
    assertThat(store.columns()).containsExactly("name", "ID");
  }

  @Test
  void check_columnsLeftOutAndOneHasNoForm_isRefused_namingIt() throws SQLException {
    execute("CREATE TABLE B (ID NUMBER(38,0), \"some\" INTEGER ARRAY)");
    Dataset all =
        new Dataset("test", "B", "ID", new KeyType.Whole(38), List.of(), false, 1, FRESHNESS);
    assertThatThrownBy(() -> store(all).check())
        .isInstanceOf(SchemaMismatchException.class)
        .hasMessage("dataset test: column \"some\" has a type without a JSON form");
  }

  @Test
  void find_nulls_areNull() {
    assertThat(json(store(everything()), "2"))
        .isEqualTo(
            "{\"ID\":2,\"NAME\":\"name"
                + " 2\",\"PRICE\":null,\"RATIO\":null,\"GOOD\":null,\"BORN\":null,"
                + "\"RISES\":null,\"SINCE\":null,\"SEEN\":null,\"RAW\":null}");
  }

  @Test
  void find_notANumber_isNull() throws SQLException {
    execute("UPDATE T SET RATIO = 'NaN' WHERE ID = 1");
    assertThat(json(store(whole(38, "RATIO")), "1")).isEqualTo("{\"RATIO\":null}");
  }

  @Test
  void find_numberOf38Digits_losesNone() throws SQLException {
    String id = "9".repeat(38);
    execute("INSERT INTO T (ID) VALUES (" + id + ")");
    assertThat(json(store(whole(38, "ID")), id)).isEqualTo("{\"ID\":" + id + "}");
  }

  @Test
  void find_keyNotAmongTheColumns_works() {
    assertThat(json(store(whole(38, "NAME")), "3")).isEqualTo("{\"NAME\":\"name 3\"}");
  }

  @Test
  void find_textKey_isCompared_exactly() {
    Dataset byName = dataset("NAME", new KeyType.Text(20), "ID");
    assertThat(json(store(byName), "name 3")).isEqualTo("{\"ID\":3}");
    assertThat(load(store(byName), "NAME 3")).isInstanceOf(Absent.class);
    assertThat(load(store(byName), "' OR 1=1 --")).isInstanceOf(Absent.class);
  }

  @Test
  void find_moreThanABatch_isSplitIntoPaddedStatements() {
    SqlStore store = store(whole(38, "ID"));
    assertThat(store.load(keys(1, 300)))
        .hasSize(300)
        .allSatisfy((_, outcome) -> assertThat(outcome).isInstanceOf(Found.class));
    assertThat(statements()).isEqualTo(3);
  }

  @Test
  void find_fiveKeys_areOneStatement() {
    assertThat(store(whole(38, "ID")).load(keys(1, 5))).hasSize(5);
    assertThat(statements()).isEqualTo(1);
  }

  @Test
  void check_viewOrDefaultRowOfAnotherColumn_isRefused_namingBoth() {
    AnswerRules rules =
        new AnswerRules(
            AnswerShape.ARRAY,
            MissingPolicy.OMIT,
            Optional.of(Map.of("NAMES", "x")),
            Map.of("mail", List.of("NAME", "MAIL")));
    Dataset dataset =
        new Dataset(
            "test",
            "T",
            "ID",
            new KeyType.Whole(38),
            List.of("ID", "NAME"),
            false,
            1,
            FRESHNESS,
            rules,
            List.of());
    assertThatThrownBy(() -> store(dataset).check())
        .isInstanceOf(SchemaMismatchException.class)
        .hasMessageContainingAll(
            "datasets.test.views.mail has MAIL, which is no column of this dataset: it has ID,"
                + " NAME",
            "datasets.test.default-row has NAMES, which is no column");
  }

  @Test
  void defaultRow_keyWrittenAsItsColumnIsNot_hasTheIdAllTheSame() {
    Map<String, String> values = Map.of("NAME", "friend");
    SqlStore all = store(withDefaultRow("id", List.of("id", "NAME", "\"ID\""), values));
    assertThat(all.check()).isTrue();
    assertThat(defaultRow(all, "7")).isEqualTo("{\"id\":7,\"NAME\":\"friend\",\"ID\":7}");
    SqlStore leftOut = store(withDefaultRow("id", List.of(), values));
    assertThat(leftOut.check()).isTrue();
    assertThat(defaultRow(leftOut, "7")).startsWith("{\"ID\":7,\"NAME\":\"friend\",\"PRICE\":null");
  }

  @Test
  void defaultRow_idThatNoRowCanHave_isShownAllTheSame() throws SQLException {
    execute("CREATE TABLE S (ID SMALLINT PRIMARY KEY, NAME VARCHAR(20))");
    AnswerRules rules = rules(Map.of("NAME", "friend"));
    SqlStore store =
        store(
            new Dataset(
                "test",
                "S",
                "ID",
                new KeyType.Whole(16),
                List.of(),
                false,
                1,
                FRESHNESS,
                rules,
                List.of()));
    assertThat(load(store, "70000")).isInstanceOf(Absent.class);
    assertThat(defaultRow(store, "70000")).isEqualTo("{\"ID\":70000,\"NAME\":\"friend\"}");
  }

  @Test
  void defaultRow_columnThatDiffersFromTheKeyInItsLettersAlone_isNotTheKey() throws SQLException {
    execute("CREATE TABLE D (ID NUMBER(38,0) PRIMARY KEY, \"id\" NUMBER(9,0))");
    SqlStore store =
        store(
            new Dataset(
                "test",
                "D",
                "id",
                new KeyType.Whole(38),
                List.of(),
                false,
                1,
                FRESHNESS,
                rules(Map.of("id", "3")),
                List.of()));
    assertThat(store.check()).isTrue();
    assertThat(defaultRow(store, "7")).isEqualTo("{\"ID\":7,\"id\":3}");
  }

  @Test
  void check_defaultRowOfTheKey_howeverItIsWritten_isRefused() {
    Dataset dataset = withDefaultRow("id", List.of(), Map.of("ID", "7"));
    assertThatThrownBy(store(dataset)::check)
        .isInstanceOf(SchemaMismatchException.class)
        .hasMessageContaining(
            "datasets.test.default-row.ID is the key column, which always has the id: leave it"
                + " out");
  }

  @Test
  void check_columnInSmallLetters_isRefused_sayingHowToWriteIt() throws SQLException {
    makeTableOfQuotedNames();
    assertThatThrownBy(store(quoted("ID", "email"))::check)
        .isInstanceOf(SchemaMismatchException.class)
        .hasMessageContaining(
            "table Q has no column EMAIL, but email: write it as \"\\\"email\\\"\"");
    assertThatThrownBy(store(quoted("id", "NAME"))::check)
        .isInstanceOf(SchemaMismatchException.class)
        .hasMessageContaining("has no column ID, but id: write it as \"\\\"id\\\"\"");
  }

  @Test
  void check_columnNamedAsAWordOfSql_isRefused_sayingHowToWriteIt() throws SQLException {
    makeTableOfQuotedNames();
    assertThatThrownBy(store(quoted("\"id\"", "NAME", "order"))::check)
        .isInstanceOf(SchemaMismatchException.class)
        .hasMessage(
            "dataset test: the database does not take order for the name of a column: write it as"
                + " \"\\\"ORDER\\\"\"");
  }

  @Test
  void check_severalColumnsThatAreNotThere_areNamedAtOnce() {
    assertThatThrownBy(store(whole(39, "ID", "NAMES", "PRICES"))::check)
        .isInstanceOf(SchemaMismatchException.class)
        .hasMessageContainingAll("NAMES", "PRICES", "holds 38 digits");
  }

  @Test
  void find_quotedNames_areAnsweredWithoutTheirQuotes() throws SQLException {
    makeTableOfQuotedNames();
    SqlStore store =
        store(quoted("\"id\"", "\"email\"", "\"ORDER\"", "\"a \"\"b\"\", c\"", "name"));
    assertThat(store.check()).isTrue();
    assertThat(json(store, "1"))
        .isEqualTo("{\"email\":\"e1\",\"ORDER\":7,\"a \\\"b\\\", c\":true,\"name\":\"n1\"}");
    assertThat(store.load(keys(1, 3))).hasSize(3);
  }

  private void makeTableOfQuotedNames() throws SQLException {
    execute(
        "CREATE TABLE Q (\"id\" NUMBER(38,0) PRIMARY KEY, \"email\" VARCHAR(20), \"ORDER\""
            + " NUMBER(9), \"a \"\"b\"\", c\" BOOLEAN, NAME VARCHAR(20))");
    execute("INSERT INTO Q VALUES (1, 'e1', 7, TRUE, 'n1')");
  }

  private static Dataset quoted(String key, String... columns) {
    return new Dataset(
        "test", "Q", key, new KeyType.Whole(38), List.of(columns), false, 1, FRESHNESS);
  }

  @Test
  void find_rowThatCannotBeShown_failsAlone() throws SQLException {
    execute("UPDATE T SET BORN = DATE '1000000000-01-01' WHERE ID = 7");
    SqlStore store = store(whole(38, "ID", "BORN"));
    assertOneUnreadable(store.load(keys(1, 160)), "7");
    assertThat(store.isUp()).isTrue();
    assertThat(unreadable()).isEqualTo(1);
    assertThat(statements()).isEqualTo(2);
  }

  @Test
  void find_keyTwiceInTheTable_failsAlone() throws SQLException {
    execute("ALTER TABLE T DROP PRIMARY KEY");
    execute("UPDATE T SET ID = 8 WHERE ID = 7");
    SqlStore store = store(whole(38, "NAME"));
    Map<Key, Outcome> outcomes = store.load(keys(1, 160));
    assertThat(outcomes.get(new Key("7"))).isInstanceOf(Absent.class);
    assertThat(outcomes.get(new Key("8"))).isInstanceOf(Unreadable.class);
    assertThat(found(outcomes)).hasSize(158);
    assertThat(store.isUp()).isTrue();
    assertThat(unreadable()).isEqualTo(1);
  }

  /** As a table that is given a collation after the start. */
  @Test
  void find_rowOfAnotherKey_isNeverAbsent_andHarmsNoOther() throws SQLException {
    SqlStore store = store(dataset("NAME", new KeyType.Text(20), "ID"));
    assertThat(store.check()).isTrue();
    execute("ALTER TABLE T ALTER COLUMN NAME SET DATA TYPE VARCHAR_IGNORECASE(20)");
    Set<Key> asked = new HashSet<>();
    for (int id = 1; id <= 100; id++) {
      asked.add(new Key("name " + id));
      asked.add(new Key("nobody " + id));
    }
    asked.add(new Key("NAME 200"));
    asked.add(new Key("Name 201"));
    Map<Key, Outcome> outcomes = store.load(asked);
    assertThat(found(outcomes)).hasSize(100);
    assertThat(outcomes.values()).filteredOn(Absent.class::isInstance).hasSize(100);
    assertThat(outcomes.get(new Key("NAME 200"))).isInstanceOf(Unreadable.class);
    assertThat(outcomes.get(new Key("Name 201"))).isInstanceOf(Unreadable.class);
    assertThat(store.isUp()).isTrue();
    assertThat(unreadable()).isEqualTo(2);
  }

  @Test
  void find_rowsOfOtherKeysAlone_areABoundedNumberOfStatements() throws SQLException {
    AtomicInteger statements = new AtomicInteger();
    DataSource counted =
        TappedDatabase.of(
            database,
            (_, method) -> {
              if (method.equals("executeQuery")) {
                statements.incrementAndGet();
              }
            });
    SqlStore store = store(dataset("NAME", new KeyType.Text(20), "ID"), counted);
    assertThat(store.check()).isTrue();
    execute("ALTER TABLE T ALTER COLUMN NAME SET DATA TYPE VARCHAR_IGNORECASE(20)");
    Set<Key> asked = new HashSet<>();
    for (int id = 1; id <= 128; id++) {
      asked.add(new Key("NAME " + id));
    }
    statements.set(0);
    assertThat(store.load(asked).values())
        .hasSize(128)
        .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Unreadable.class));
    assertThat(statements).hasValueLessThan(64);
  }

  @Test
  void find_connectionLostWithinARow_isNoFaultOfTheRow() {
    DataSource losing =
        TappedDatabase.of(
            database,
            (target, method) -> {
              if (target instanceof ResultSet && method.equals("getString")) {
                throw new SQLException("the connection is gone", "08006");
              }
            });
    SqlStore store = store(whole(38, "ID", "NAME"), losing);
    assertThat(store.load(keys(1, 3)).values())
        .containsOnly(new Unavailable(Reason.STORE_UNREACHABLE));
    assertThat(unreadable()).isZero();
  }

  @Test
  void find_columnDroppedLater_isAMismatch() throws SQLException {
    SqlStore store = store(whole(38, "ID", "PRICE"));
    assertThat(load(store, "1")).isInstanceOf(Found.class);
    execute("ALTER TABLE T DROP COLUMN PRICE");
    assertThat(load(store, "1")).isEqualTo(new Unavailable(Reason.SCHEMA_MISMATCH));
  }

  @Test
  void find_columnOfAnotherTypeLater_isAMismatch() throws SQLException {
    SqlStore store = store(whole(38, "ID", "PRICE"));
    assertThat(load(store, "1")).isInstanceOf(Found.class);
    execute("ALTER TABLE T ALTER COLUMN PRICE SET DATA TYPE VARCHAR(20)");
    assertThat(load(store, "1")).isEqualTo(new Unavailable(Reason.SCHEMA_MISMATCH));
  }

  @Test
  void find_databaseGone_isAFailure() throws SQLException {
    SqlStore store = store(whole(38, "ID"));
    database.setUrl("jdbc:h2:mem:gone;IFEXISTS=TRUE");
    Map<Key, Outcome> outcomes = store.load(keys(1, 2));
    database.setUrl("jdbc:h2:mem:" + UUID.randomUUID());
    assertThat(outcomes.values()).containsOnly(new Unavailable(Reason.STORE_UNREACHABLE));
    assertThat(store.isUp()).isFalse();
  }

  @Test
  void check_missingColumn_namesIt() {
    assertThatThrownBy(() -> store(whole(38, "ID", "NOPE")).check())
        .isInstanceOf(SchemaMismatchException.class)
        .hasMessage("dataset test: table T has no column NOPE");
  }

  @Test
  void check_missingTable_namesIt() throws SQLException {
    execute("ALTER TABLE T RENAME TO U");
    assertThatThrownBy(() -> store(whole(38, "ID")).check())
        .isInstanceOf(SchemaMismatchException.class)
        .hasMessageContaining("table T");
    execute("ALTER TABLE U RENAME TO T");
  }

  @Test
  void check_keyOfAnotherType_namesIt() {
    assertThatThrownBy(() -> store(dataset("NAME", new KeyType.Whole(38), "ID")).check())
        .hasMessage("dataset test: key column NAME does not hold whole numbers");
    assertThatThrownBy(() -> store(dataset("PRICE", new KeyType.Whole(12), "ID")).check())
        .hasMessage("dataset test: key column PRICE does not hold whole numbers");
    assertThatThrownBy(() -> store(dataset("ID", new KeyType.Text(10), "ID")).check())
        .hasMessage(
            "dataset test: key column ID does not hold text: make it a column of text, or set"
                + " datasets.test.key-type = whole");
  }

  @Test
  void check_keyLongerThanTheColumn_namesBoth() {
    assertThatThrownBy(() -> store(dataset("NAME", new KeyType.Text(21), "ID")).check())
        .hasMessage(
            "dataset test: key column NAME holds 20 characters, configured are 21: lower"
                + " datasets.test.key-length");
    Dataset mapping =
        whole(38, "ID", "NAME")
            .mapping(
                new AlternateKey(
                    "label",
                    "NAME",
                    new KeyType.Text(21),
                    Fold.LOWER,
                    whole(38, "ID").freshness()));
    assertThatThrownBy(() -> store(mapping).check())
        .hasMessageEndingWith("configured are 21: lower datasets.test.keys.label.length");
  }

  @Test
  void check_textKeyThatIsNotComparedExactly_isRefused_namingIt() throws SQLException {
    execute("ALTER TABLE T ADD COLUMN LAX VARCHAR_IGNORECASE(20)");
    assertThatThrownBy(() -> store(dataset("LAX", new KeyType.Text(20), "ID")).check())
        .isInstanceOf(SchemaMismatchException.class)
        .hasMessageStartingWith("dataset test: key column LAX does not compare exactly");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PRIMARY", "SECONDARY", "TERTIARY"})
  void check_databaseWithACollation_isRefused(String strength) throws SQLException {
    execute("DROP TABLE T");
    execute("SET COLLATION ENGLISH STRENGTH " + strength);
    execute("CREATE TABLE T (ID NUMBER(38,0) PRIMARY KEY, NAME VARCHAR(20))");
    assertThatThrownBy(() -> store(dataset("NAME", new KeyType.Text(20), "ID")).check())
        .hasMessageStartingWith("dataset test: key column NAME does not compare exactly");
    assertThat(store(whole(38, "NAME")).check()).isTrue();
  }

  @Test
  void check_paddedKey_isRefused_namingIt() throws SQLException {
    execute("ALTER TABLE T ADD COLUMN PADDED CHAR(20)");
    assertThatThrownBy(() -> store(dataset("PADDED", new KeyType.Text(20), "ID")).check())
        .isInstanceOf(SchemaMismatchException.class)
        .hasMessageStartingWith("dataset test: key column PADDED is padded with blanks");
  }

  private SqlStore store(Dataset dataset) {
    return store(dataset, database);
  }

  private SqlStore store(Dataset dataset, DataSource dataSource) {
    return new SqlStore(dataset, dataSource, 128, meters, ticker);
  }

  private static void assertOneUnreadable(Map<Key, Outcome> outcomes, String id) {
    assertThat(outcomes.get(new Key(id))).isInstanceOf(Unreadable.class);
    assertThat(found(outcomes)).hasSize(outcomes.size() - 1);
  }

  private static List<Outcome> found(Map<Key, Outcome> outcomes) {
    return outcomes.values().stream().filter(Found.class::isInstance).toList();
  }

  private double unreadable() {
    return meters.counter("papi.store.unreadable", "dataset", "test").count();
  }

  private Dataset everything() {
    return whole(
        38, "ID", "NAME", "PRICE", "RATIO", "GOOD", "BORN", "RISES", "SINCE", "SEEN", "RAW");
  }

  private static Dataset whole(int digits, String... columns) {
    return dataset("ID", new KeyType.Whole(digits), columns);
  }

  private static Dataset dataset(String key, KeyType type, String... columns) {
    return new Dataset("test", "T", key, type, List.of(columns), false, 1, FRESHNESS);
  }

  private static Dataset withDefaultRow(
      String key, List<String> columns, Map<String, String> values) {
    return new Dataset(
        "test",
        "T",
        key,
        new KeyType.Whole(38),
        columns,
        false,
        1,
        FRESHNESS,
        rules(values),
        List.of());
  }

  private static AnswerRules rules(Map<String, String> defaultRow) {
    return new AnswerRules(
        AnswerShape.ARRAY, MissingPolicy.OMIT, Optional.of(defaultRow), Map.of());
  }

  private static String defaultRow(SqlStore store, String id) {
    return Outcomes.text(store.defaultRow(new Key(id)).orElseThrow());
  }

  private Outcome load(SqlStore store, String id) {
    return store.load(Set.of(new Key(id))).values().iterator().next();
  }

  private String json(SqlStore store, String id) {
    return Outcomes.text(load(store, id));
  }

  private long statements() {
    return meters.timer("papi.store.query", "dataset", "test", "outcome", "ok").count();
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
