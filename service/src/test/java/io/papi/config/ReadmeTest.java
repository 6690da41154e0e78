package io.papi.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The table of configuration keys in service/README.md. */
class ReadmeTest {
  private static final Pattern ROW =
      Pattern.compile("\\| `([a-z0-9.-]+)` \\| (`([^`]*)`|all 18|) \\|.*");
  private static final String LIST = "datasets.customer.columns";

  @Test
  void configurationTable_hasEveryKeyWithItsDefault() throws IOException {
    Map<String, String> defaults = new TreeMap<>(Layers.read(Map.of()));
    Map<String, String> table = new TreeMap<>();
    String chapter = Files.readString(Path.of("README.md")).split("## Configuration\n", 2)[1];
    chapter
        .split("\n## ", 2)[0]
        .lines()
        .map(ROW::matcher)
        .filter(Matcher::matches)
        .forEach(row -> table.put(row.group(1), row.group(3) == null ? "" : row.group(3)));
    assertThat(table.remove(LIST)).isEmpty();
    assertThat(defaults.remove(LIST)).contains("C_CUSTOMER_SK,");
    assertThat(table).isEqualTo(defaults);
  }
}
