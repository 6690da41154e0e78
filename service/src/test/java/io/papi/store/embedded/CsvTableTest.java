package io.papi.store.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.papi.store.embedded.TableSource.Column;
import io.papi.store.embedded.latency.Latency;
import io.papi.testing.EmbeddedStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CSV files as people write them: well, in another program's way, or wrong. */
class CsvTableTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 -20 0|NUMBER(38,0)",
        "12345678901234567890123456789012345678|NUMBER(38,0)",
        "123456789012345678901234567890123456789|VARCHAR",
        "007 8|VARCHAR",
        "-0|VARCHAR",
        "+1|VARCHAR",
        "1e5|VARCHAR",
        "1 2.50 -0.125|NUMBER(38,3)",
        "01.5|VARCHAR",
        ".5|VARCHAR",
        "true FALSE|BOOLEAN",
        "true 1|VARCHAR",
        "2026-01-31 0001-01-01|DATE",
        "2026-02-30|VARCHAR",
        "2026-01-31T10:00:00 2026-01-31T10:00:00.123456789|TIMESTAMP(9)",
        "2026-01-31 2026-01-31T10:00:00|VARCHAR",
        "2026-01-31T10:00:00Z 2026-01-31T10:00:00.5+01:00|TIMESTAMP(9) WITH TIME ZONE",
        "a b|VARCHAR",
      })
  void columns_typeIsFound_fromEachValue(String values, String sqlType) throws IOException {
    String rows = values.replace(' ', '\n').replace('T', ' ');
    assertThat(table("V\n" + rows + "\n").columns(Set.of()))
        .containsExactly(new Column("V", sqlType));
  }

  @Test
  void columns_noValueAtAll_isText() throws IOException {
    assertThat(table("A,B\n1,\n2,\n").columns(Set.of()))
        .containsExactly(new Column("A", "NUMBER(38,0)"), new Column("B", "VARCHAR"));
  }

  @Test
  void columns_names_areAsInSql_orAsTheyAre() throws IOException {
    assertThat(table("sku,Unit_Price, e-mail ,\"a b\",größe\n1,2,3,4,5\n").columns(Set.of()))
        .extracting(Column::name)
        .containsExactly("SKU", "UNIT_PRICE", "e-mail", "a b", "größe");
  }

  @Test
  void forEach_quotesLinesAndEmptyValues_areWhatTheyMean() throws Exception {
    String text = "\uFEFFA,B\r\n\"x, \"\"y\"\"\r\nz\",\r\n\r\n , \"\" \r\n\" p \",q\"r";
    assertThat(rows(text))
        .containsExactly(
            Arrays.asList("x, \"y\"\r\nz", null), Arrays.asList(null, ""), List.of(" p ", "q\"r"));
  }

  @Test
  void forEach_rows_areAtMostThese() throws Exception {
    CsvTable two = new CsvTable(file("A\n1\n2\nx\n"), Map.of(), 2);
    assertThat(two.columns(Set.of())).containsExactly(new Column("A", "NUMBER(38,0)"));
    List<String> seen = new ArrayList<>();
    two.forEach(row -> seen.add(row[0]));
    assertThat(seen).containsExactly("1", "2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "|is empty: its first line has the columns' names",
        "\\n\\n|is empty: its first line has the columns' names",
        "A,B\\n|has no rows, only the names of its columns",
        "A,,B\\n1,2,3\\n|:1: column 2 has no name",
        "A,b,B\\n1,2,3\\n|:1: two columns are called B",
        "A;B\\n1;2\\n|:1: there is one column: put commas between the columns' names and values",
        "A,B\\n1,2\\n\\n3\\n|:4: 1 value for 2 columns",
        "A,B\\n\"1\\n1\",2\\n3,4,5\\n|:4: 3 values for 2 columns",
        "A,B\\n1,\"2\\n3,4\\n|:2: a quote is not closed, or something follows it: a quote inside a"
            + " value is written twice",
        "A,B\\n1,\"2\"x\\n|:2: a quote is not closed, or something follows it: a quote inside a"
            + " value is written twice",
        "K,B\\n1,2\\n,3\\n|:3: column K is the key, and has no value",
        "K,B\\n1,2\\n2,2\\n1,3\\n|:4: column K is the key, and has the same value as on line 2",
      })
  void columns_wrongFile_isRefused_namingFileAndLine(String text, String message)
      throws IOException {
    Path file = file(text == null ? "" : text.replace("\\n", "\n"));
    String space = message.startsWith(":") ? "" : " ";
    assertThatThrownBy(() -> new CsvTable(file, Map.of(), 100).columns(Set.of("K")))
        .isInstanceOf(CannotLoadException.class)
        .hasMessage(file + space + message);
  }

  @Test
  void columns_notUtf8_isRefused() throws IOException {
    Path file = Files.write(folder.resolve("t.csv"), new byte[] {'A', '\n', (byte) 0xE9, '\n'});
    assertThatThrownBy(() -> new CsvTable(file, Map.of(), 100).columns(Set.of()))
        .hasMessage(file + " is not text in UTF-8: save it as that");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text|007|VARCHAR|",
        "varchar(3)|abc|VARCHAR(3)|abcd",
        "NUMBER|007|NUMBER(38,0)|1.5",
        "NUMBER(4, 2)|-09.5|NUMBER(4,2)|123",
        "NUMBER(4,2)|+12.34|NUMBER(4,2)|1.234",
        "NUMBER(4,2)|1|NUMBER(4,2)|.",
        "float|-1.5E-7|DOUBLE PRECISION|x",
        "boolean|True|BOOLEAN|1",
        "date|2026-01-31|DATE|31.01.2026",
        "time|23:59|TIME(9)|24:00",
        "timestamp|2026-01-31 10:00|TIMESTAMP(9)|2026-01-31",
        "timestamp_tz|2026-01-31T10:00:00Z|TIMESTAMP(9) WITH TIME ZONE|2026-01-31T10:00:00",
      })
  void columns_declared_haveThatType_andNoOtherValue(
      String type, String value, String sqlType, String other) throws Exception {
    Map<String, CsvType> types = Map.of("v", CsvType.declared(type));
    assertThat(new CsvTable(file("V\n" + value + "\n"), types, 9).columns(Set.of()))
        .containsExactly(new Column("V", sqlType));
    EmbeddedStores.filled(settings(new CsvTable(file("V\n" + value + "\n"), types, 9))).close();
    if (other != null) {
      Path file = file("V\n\n" + other + "\n");
      assertThatThrownBy(() -> new CsvTable(file, types, 9).columns(Set.of()))
          .hasMessage(file + ":3: column V has a value that is not " + CsvType.declared(type));
    }
  }

  @Test
  void columns_declaredButNotThere_isRefused() throws IOException {
    Map<String, CsvType> types = new HashMap<>();
    types.put("e-mail", CsvType.TEXT);
    types.put("zip", CsvType.TEXT);
    Path file = file("A,e-mail\n1,2\n");
    assertThatThrownBy(() -> new CsvTable(file, types, 9).columns(Set.of()))
        .hasMessage(file + " has no column ZIP, whose type is declared");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "int", "number(39)", "number(2,3)", "number(0)", "date(3)", "text(0)", "()"})
  void declared_noType_saysWhichThereAre(String type) {
    assertThatThrownBy(() -> CsvType.declared(type))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("TEXT, VARCHAR(n), NUMBER(digits, digits behind the point)");
  }

  private static EmbeddedSettings settings(CsvTable table) {
    return new EmbeddedSettings(
        List.of(new EmbeddedTable(TableName.of("T"), table, java.util.Optional.empty())),
        List.of(),
        List.of(),
        Latency.NONE,
        1);
  }

  private List<List<String>> rows(String text) throws IOException, SQLException {
    List<List<String>> rows = new ArrayList<>();
    table(text).forEach(row -> rows.add(Arrays.asList(row)));
    return rows;
  }

  private CsvTable table(String text) throws IOException {
    return new CsvTable(file(text), Map.of(), 100);
  }

  private Path file(String text) throws IOException {
    return Files.write(folder.resolve("t.csv"), text.getBytes(UTF_8));
  }
}
