package io.papi.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.papi.config.Configuration;
import io.papi.config.StoreMode;
import io.papi.store.embedded.latency.Latency;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.h2.store.fs.FileUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuiltTablesTest {
  @TempDir private Path directory;

  @Test
  void defaultTables_areThoseThatAStartWouldFill() throws SQLException {
    EmbeddedSettings settings = settings(Map.of());
    BuiltTables built = BuiltTables.of(settings).orElseThrow();
    try (MemoryDatabase copy = built.open();
        MemoryDatabase filled = MemoryDatabase.create()) {
      assertThat(new DatabaseLoad(settings, filled.inSchema("")).run()).isEqualTo(built.contents());
      for (EmbeddedTable table : settings.tables()) {
        assertThat(rows(copy.inSchema(""), table))
            .hasSizeGreaterThan(100)
            .isEqualTo(rows(filled.inSchema(""), table));
      }
      assertThat(indexes(copy.inSchema(""))).hasSize(3).isEqualTo(indexes(filled.inSchema("")));
    }
  }

  @Test
  void otherTablesOrKeys_areNotThose() throws Exception {
    assertThat(BuiltTables.of(settings(Map.of("PAPI_ROWS", "9999")))).isEmpty();
    assertThat(BuiltTables.of(settings(Map.of("PAPI_DATASETS_STORE_ENABLED", "false")))).isEmpty();
    assertThat(BuiltTables.of(settings(Map.of("PAPI_DATASETS_STORE_KEY", "S_STORE_ID")))).isEmpty();
    Path script = Files.writeString(directory.resolve("more.sql"), "SELECT 1;");
    assertThat(BuiltTables.of(settings(Map.of("PAPI_EMBEDDED_SCRIPTS", script.toString()))))
        .isEmpty();
    assertThat(BuiltTables.of(settings(Map.of("PAPI_EMBEDDED_STATEMENTS", "5")))).isPresent();
  }

  @Test
  void tablesOfFiles_areNotBuilt() throws Exception {
    Path file = Files.writeString(directory.resolve("names.csv"), "id,name\n1,Ann\n");
    TableName name = new TableName("DATA", "NAMES");
    EmbeddedTable table =
        new EmbeddedTable(name, new CsvTable(file, Map.of(), 10), Optional.empty());
    EmbeddedSettings settings =
        new EmbeddedSettings(List.of(table), List.of(), List.of(), Latency.NONE, 1);
    assertThatThrownBy(() -> EmbeddedStore.fillAhead(settings, directory))
        .hasMessageContaining("files may change");
    assertThat(BuiltTables.of(settings)).isEmpty();
  }

  @Test
  void longSort_staysInMemory() throws SQLException {
    try (MemoryDatabase copy = BuiltTables.of(settings(Map.of())).orElseThrow().open()) {
      assertThat(
              query(
                  copy.inSchema(""),
                  "SELECT SETTING_VALUE FROM INFORMATION_SCHEMA.SETTINGS"
                      + " WHERE SETTING_NAME = 'MAX_MEMORY_ROWS'"))
          .isEqualTo(List.of(List.of(String.valueOf(Integer.MAX_VALUE))));
    }
  }

  @Test
  void closed_leavesNothingInMemory() throws SQLException {
    MemoryDatabase copy = BuiltTables.of(settings(Map.of())).orElseThrow().open();
    assertThat(FileUtils.exists(copy.directory())).isTrue();
    copy.close();
    assertThat(FileUtils.exists(copy.directory())).isFalse();
  }

  private static EmbeddedSettings settings(Map<String, String> environment) {
    if (Configuration.read(environment).storeMode() instanceof StoreMode.Embedded(var settings)) {
      return settings;
    }
    throw new AssertionError("the default is not the embedded store");
  }

  private static List<List<String>> rows(DataSource database, EmbeddedTable table)
      throws SQLException {
    return query(database, "SELECT * FROM " + table.name().sql() + " ORDER BY 1");
  }

  private static List<List<String>> indexes(DataSource database) throws SQLException {
    return query(
        database,
        "SELECT I.TABLE_NAME, COLUMN_NAME, IS_UNIQUE FROM INFORMATION_SCHEMA.INDEX_COLUMNS I"
            + " WHERE I.TABLE_SCHEMA = 'DATA' ORDER BY 1");
  }

  private static List<List<String>> query(DataSource database, String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      int columns = rows.getMetaData().getColumnCount();
      List<List<String>> all = new ArrayList<>();
      while (rows.next()) {
        all.add(IntStream.rangeClosed(1, columns).mapToObj(column -> text(rows, column)).toList());
      }
      return all;
    }
  }

  private static String text(ResultSet rows, int column) {
    try {
      return String.valueOf(rows.getString(column));
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
