package io.papi.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.papi.config.tree.HoconFile;
import io.papi.config.tree.Key;
import io.papi.config.tree.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The table of configuration keys in service/README.md, against the keys that are declared. */
class ConfigurationTableTest {
  private static final Pattern ROW =
      Pattern.compile("\\| `([a-z0-9.<>-]+)` \\| (`([^`]*)`|all 18|) \\|.*");

  /** Keys whose values are no single text. */
  private static final List<String> COMPOUND =
      List.of(
          "datasets.customer.columns",
          "datasets.customer.cors-origins",
          "datasets.customer.default-row",
          "datasets.customer.views");

  private static final String TABLES = "embedded-tables.<name>.";
  private static final String ALTERNATE_KEYS = "datasets.<name>.keys.<name>.";
  private static final String QUERIES = "queries.<name>.";
  private static final String CALLERS = "callers.<name>.";
  private static final String PARAMETERS = QUERIES + "parameters.<name>.";

  private final Node.Members builtIn = HoconFile.builtIn();

  @Test
  void table_hasEveryDeclaredKeyWithItsDefault() throws IOException {
    Map<String, String> table = new TreeMap<>();
    String chapter = Files.readString(Path.of("README.md")).split("## Configuration\n", 2)[1];
    chapter
        .split("\n## ", 2)[0]
        .lines()
        .map(ROW::matcher)
        .filter(Matcher::matches)
        .forEach(row -> table.put(row.group(1), row.group(3) == null ? "" : row.group(3)));
    COMPOUND.forEach(key -> assertThat(table.remove(key)).as(key).isEmpty());
    EmbeddedTableReader.SHAPE
        .keys()
        .forEach(key -> assertThat(table.remove(TABLES + key.name())).as(key.name()).isNotNull());
    checkNamed(table, ALTERNATE_KEYS, AlternateKeyReader.OWN_KEYS);
    checkNamed(table, PARAMETERS, ParameterReader.SHAPE.keys());
    checkNamed(table, QUERIES, QueryReader.OWN_KEYS);
    checkNamed(table, CALLERS, CallerReader.SHAPE.keys());
    assertThat(table).isEqualTo(defaults());
  }

  private static void checkNamed(Map<String, String> table, String prefix, List<Key<?>> keys) {
    for (Key<?> key : keys) {
      assertThat(table.remove(prefix + key.name()))
          .as(prefix + key.name())
          .isEqualTo(key.defaultText().orElse(""));
    }
  }

  @Test
  void builtInFile_hasNothingUndeclared_andEveryKeyThatIsThereOnce() {
    ConfigurationReader.SHAPE.check("", builtIn);
    ConfigurationReader.SHAPE.forEach(
        List.of(),
        Node.Members.NONE,
        (path, _) -> assertThat(at(path)).as(String.join(".", path)).isInstanceOf(Node.Text.class));
  }

  /**
   * Of the first built-in dataset too, but for what it leaves to all datasets and its list of
   * columns.
   */
  private Map<String, String> defaults() {
    Map<String, String> defaults = new TreeMap<>();
    ConfigurationReader.SHAPE.forEach(
        List.of(),
        builtIn,
        (path, key) -> {
          if (isOfTheTable(path) && at(path) instanceof Node.Text(String text, _)) {
            defaults.put(String.join(".", path), text);
            key.defaultText().ifPresent(other -> assertThat(other).isEqualTo(text));
          }
        });
    return defaults;
  }

  /** What the others of a collection have is theirs alone. */
  private static boolean isOfTheTable(List<String> path) {
    return switch (path.getFirst()) {
      case DatasetReader.DATASETS -> path.get(1).equals("customer");
      case EmbeddedTableReader.TABLES -> false;
      default -> true;
    };
  }

  private Node at(List<String> path) {
    Node node = builtIn;
    for (String name : path) {
      node = ((Node.Members) node).byName().getOrDefault(name, Node.Members.NONE);
    }
    return node;
  }
}
