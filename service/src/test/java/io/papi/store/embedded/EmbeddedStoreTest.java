package io.papi.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.papi.dataset.StoreIdentity;
import io.papi.store.embedded.latency.Latency;
import io.papi.testing.EmbeddedStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class EmbeddedStoreTest {
  private static final TableName T = TableName.of("T");
  private static final int ALL = Integer.MAX_VALUE;

  @TempDir private Path folder;

  @Test
  void identity_sameRows_isTheSame_whateverTheLatency() {
    Latency some = new Latency(Duration.ofMillis(1), Duration.ofMillis(1));
    assertThat(identity(customers(100), List.of(), Latency.NONE))
        .isEqualTo(identity(customers(100), List.of(), some));
  }

  @Test
  void identity_otherRowsCsvOrScript_isAnother() throws IOException {
    assertThat(
            List.of(
                identity(customers(100), List.of(), Latency.NONE),
                identity(customers(101), List.of(), Latency.NONE),
                identity(csv("ID\n1\n"), List.of(), Latency.NONE),
                identity(csv("ID\n2\n"), List.of(), Latency.NONE),
                identity(csv("ID,B\n1,\n"), List.of(), Latency.NONE),
                identity(csv("ID,B\n1,\"\"\n"), List.of(), Latency.NONE),
                identity(csv("ID\n1\n"), List.of(file("a.sql", "SELECT 1")), Latency.NONE),
                identity(csv("ID\n1\n"), List.of(file("a.sql", "SELECT 2")), Latency.NONE)))
        .doesNotHaveDuplicates();
  }

  /** Every table that the generators have, as far as its first rows. */
  static List<TableSource> generated() {
    List<TableSource> all = new ArrayList<>();
    // a table of the generator's own version has the time in it
    TpcdsTable.names().forEach(name -> all.add(new TpcdsTable(name, 1, 50)));
    TpchTable.names().forEach(name -> all.add(new TpchTable(name, 1, 50)));
    return all;
  }

  @ParameterizedTest
  @MethodSource("generated")
  void load_anyTableOfAGenerator_hasItsRows(TableSource source) throws SQLException {
    try (EmbeddedStore store = store(source, List.of(), List.of())) {
      assertThat(Integer.parseInt(query(store, "SELECT COUNT(*) FROM T").getFirst()))
          .isBetween(1, 50);
    }
  }

  @Test
  void load_where_keepsTheRowsForWhichItIsTrue() throws SQLException {
    EmbeddedTable current =
        new EmbeddedTable(
            T, new TpcdsTable("item", 10_000, 7), Optional.of("I_REC_END_DATE IS NULL"));
    KeyColumn key = new KeyColumn("product", T, "I_ITEM_ID");
    try (EmbeddedStore store =
        EmbeddedStores.filled(
            new EmbeddedSettings(List.of(current), List.of(), List.of(key), Latency.NONE, 1))) {
      assertThat(query(store, "SELECT I_ITEM_SK FROM T ORDER BY 1"))
          .containsExactly("1", "3", "6", "7");
    }
  }

  @Test
  void load_schemas_areMadeAsNeeded() throws SQLException {
    TableName name = TableName.of("api.\"my own\".Nation");
    EmbeddedTable table = new EmbeddedTable(name, new TpchTable("nation", 1, 3), Optional.empty());
    try (EmbeddedStore store =
        EmbeddedStores.filled(
            new EmbeddedSettings(List.of(table), List.of(), List.of(), Latency.NONE, 1))) {
      assertThat(query(store, "SELECT N_NAME FROM API.\"my own\".NATION"))
          .containsExactly("ALGERIA", "ARGENTINA", "BRAZIL");
    }
  }

  @Test
  void load_scripts_runInOrderAfterTheTables() throws Exception {
    Path first = file("1.sql", "CREATE TABLE U AS SELECT ID + 1 AS ID FROM T; -- the end\n");
    Path second = file("2.sql", "-- a view; not a table\nCREATE VIEW V AS SELECT * FROM U;\n\n");
    KeyColumn ofView = new KeyColumn("v", TableName.of("V"), "ID");
    KeyColumn ofNothing = new KeyColumn("none", TableName.of("NONE"), "ID");
    try (EmbeddedStore store =
        store(csv("id\n1\n"), List.of(first, second), List.of(ofView, ofNothing))) {
      assertThat(query(store, "SELECT ID FROM API.DATA.V")).containsExactly("2");
    }
  }

  @Test
  void load_scriptFails_namesFileLineAndStatement_andNoText() throws IOException {
    Path script =
        file("bad.sql", "SELECT 1;\n\n-- next\nINSERT INTO T\nVALUES ('sesame');\nSELECT 2;");
    assertRefused(
        csv("id\n1\n"),
        List.of(script),
        script + ":4: statement 2 is refused: SQL state 22018, code 22018");
    Path names = file("names.sql", "SELECT * FROM NONE");
    assertRefused(
        csv("id\n1\n"),
        List.of(names),
        names + ":1: statement 1 is refused: Table \"NONE\" not found");
    Path syntax = file("syntax.sql", "SELECT 'sesame' FORM T;");
    assertRefused(
        csv("id\n1\n"),
        List.of(syntax),
        syntax + ":1: statement 1 is refused: not SQL here, SQL state 42000, code 42000");
  }

  @Test
  void load_keyIsNotUnique_isRefused() {
    KeyColumn key = new KeyColumn("product", T, "I_ITEM_ID");
    assertThatThrownBy(
            () -> store(new TpcdsTable("item", 10_000, 7), List.of(), List.of(key)).close())
        .isInstanceOf(CannotLoadException.class)
        .hasMessage("dataset product: the key column I_ITEM_ID of API.DATA.T has a value twice");
  }

  @Test
  void load_whereIsNotSql_isRefused() {
    EmbeddedTable table =
        new EmbeddedTable(T, new TpchTable("nation", 1, 3), Optional.of("NO_SUCH = 1"));
    assertThatThrownBy(
            () ->
                EmbeddedStores.filled(
                    new EmbeddedSettings(List.of(table), List.of(), List.of(), Latency.NONE, 1)))
        .isInstanceOf(CannotLoadException.class)
        .hasMessage(
            "the embedded table API.DATA.T: where is refused: Column \"NO_SUCH\" not found");
  }

  @Test
  void load_severalCannotBeUsed_saysAllAtOnce() throws IOException {
    EmbeddedTable empty =
        new EmbeddedTable(T, new CsvTable(file("a.csv", ""), Map.of(), ALL), Optional.empty());
    EmbeddedTable wide =
        new EmbeddedTable(
            TableName.of("U"),
            new CsvTable(file("b.csv", "A\n1,2\n"), Map.of(), ALL),
            Optional.empty());
    assertThatThrownBy(
            () ->
                EmbeddedStores.filled(
                    new EmbeddedSettings(
                        List.of(empty, wide), List.of(), List.of(), Latency.NONE, 1)))
        .hasMessageContainingAll("a.csv is empty", "\n- ", "b.csv:2: 2 values for 1 column");
  }

  private void assertRefused(TableSource source, List<Path> scripts, String message) {
    assertThatThrownBy(() -> store(source, scripts, List.of()).close())
        .isInstanceOf(CannotLoadException.class)
        .hasMessage(message);
  }

  private static TableSource customers(int rows) {
    return new TpcdsTable("customer", 10_000, rows);
  }

  private CsvTable csv(String text) throws IOException {
    return new CsvTable(file("t.csv", text), Map.of(), ALL);
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static EmbeddedStore store(TableSource source, List<Path> scripts, List<KeyColumn> keys) {
    return EmbeddedStores.filled(settings(source, scripts, keys, Latency.NONE));
  }

  private static EmbeddedSettings settings(
      TableSource source, List<Path> scripts, List<KeyColumn> keys, Latency latency) {
    EmbeddedTable table = new EmbeddedTable(T, source, Optional.empty());
    return new EmbeddedSettings(List.of(table), scripts, keys, latency, 4);
  }

  private static StoreIdentity identity(TableSource source, List<Path> scripts, Latency latency) {
    try (EmbeddedStore store = EmbeddedStore.open(settings(source, scripts, List.of(), latency))) {
      return store.fill();
    }
  }

  private static List<String> query(EmbeddedStore store, String sql) throws SQLException {
    try (Connection connection = store.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }
}
