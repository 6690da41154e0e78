package io.papi.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.papi.config.tree.ConfigurationException;
import io.papi.config.tree.Key;
import io.papi.config.tree.Section;
import io.papi.config.tree.Type;
import io.papi.dataset.Dataset;
import io.papi.dataset.SqlName;
import io.papi.query.Query;
import io.papi.store.embedded.EmbeddedSettings;
import io.papi.store.embedded.EmbeddedTable;
import io.papi.store.embedded.KeyColumn;
import io.papi.store.embedded.TableName;
import io.papi.store.embedded.latency.Latency;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the settings of the embedded store. */
final class EmbeddedReader {
  private static final Duration MAX_LATENCY = Duration.ofMinutes(1);

  private static final Key<Integer> ROWS =
      Key.of("rows", Type.whole(1, EmbeddedTableReader.MAX_ROWS));
  private static final Key<List<Path>> SCRIPTS =
      Key.of("embedded-scripts", Type.list(Type.readableFile()));
  private static final Key<Duration> P50 =
      Key.of("embedded-latency-p50", Type.duration(Duration.ZERO, MAX_LATENCY));
  private static final Key<Duration> P99 = p99(Duration.ZERO, MAX_LATENCY);
  private static final Key<Integer> STATEMENTS =
      Key.of("embedded-statements", Type.whole(1, 1_000));

  static final List<Key<?>> KEYS = List.of(ROWS, SCRIPTS, P50, P99, STATEMENTS);

  private EmbeddedReader() {}

  /**
   * Of the tables those are loaded that something may read.
   *
   * @param datasets whose tables are loaded
   * @param queries the tables that their SQL names are loaded, and those that a script names
   */
  static EmbeddedSettings read(Section root, List<Dataset> datasets, List<Query> queries) {
    Duration p50 = root.get(P50);
    // A 99th percentile only means something beside a median.
    Duration p99 = root.get(p99(p50, p50.isZero() ? Duration.ZERO : MAX_LATENCY));
    List<Path> scripts = root.find(SCRIPTS).orElse(List.of());
    List<KeyColumn> keys = keys(datasets);
    Set<TableName> asked = keys.stream().map(KeyColumn::table).collect(Collectors.toSet());
    List<String> sql = sql(queries, scripts);
    List<EmbeddedTable> tables =
        EmbeddedTableReader.readAll(root, root.get(ROWS)).stream()
            .filter(table -> asked.contains(table.name()) || isNamed(table.name(), sql))
            .toList();
    return new EmbeddedSettings(tables, scripts, keys, new Latency(p50, p99), root.get(STATEMENTS));
  }

  /** All SQL that may read a table, in capital letters. */
  private static List<String> sql(List<Query> queries, List<Path> scripts) {
    Stream<String> all =
        Stream.concat(
            queries.stream().map(query -> query.sql().toString()),
            scripts.stream().map(EmbeddedReader::text));
    return all.map(text -> text.toUpperCase(Locale.ROOT)).toList();
  }

  private static String text(Path script) {
    try {
      // what is not UTF-8 is refused when the script runs
      return new String(Files.readAllBytes(script), UTF_8);
    } catch (IOException e) {
      throw new ConfigurationException(script + " cannot be read");
    }
  }

  /** Whether SQL has the table's name anywhere: what it does not have it cannot read. */
  private static boolean isNamed(TableName table, List<String> sql) {
    String name = table.table().toUpperCase(Locale.ROOT);
    return sql.stream().anyMatch(text -> text.contains(name));
  }

  private static List<KeyColumn> keys(List<Dataset> datasets) {
    return datasets.stream().flatMap(EmbeddedReader::keys).toList();
  }

  /** None for a table of another database: the check of it says that it is not there. */
  private static Stream<KeyColumn> keys(Dataset dataset) {
    try {
      TableName table = TableName.of(dataset.table());
      return Stream.concat(
          Stream.of(new KeyColumn(dataset.name(), table, SqlName.exact(dataset.keyColumn()))),
          dataset.alternateKeys().stream()
              .map(key -> SqlName.exact(key.column()))
              .map(column -> new KeyColumn(dataset.name(), table, column, false)));
    } catch (IllegalArgumentException e) {
      return Stream.empty();
    }
  }

  private static Key<Duration> p99(Duration min, Duration max) {
    return Key.of("embedded-latency-p99", Type.duration(min, max));
  }
}
