package io.papi.config;

import io.papi.config.tree.ConfigurationException;
import io.papi.config.tree.Key;
import io.papi.config.tree.Node;
import io.papi.config.tree.Problems;
import io.papi.config.tree.Section;
import io.papi.config.tree.Shape;
import io.papi.config.tree.Spelling;
import io.papi.config.tree.Type;
import io.papi.store.embedded.CsvTable;
import io.papi.store.embedded.CsvType;
import io.papi.store.embedded.EmbeddedTable;
import io.papi.store.embedded.TableName;
import io.papi.store.embedded.TableSource;
import io.papi.store.embedded.TpcdsTable;
import io.papi.store.embedded.TpchTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads which tables the embedded store makes, and what it fills them with. */
final class EmbeddedTableReader {
  /** The section that holds them. */
  static final String TABLES = "embedded-tables";

  /** As many as the largest sample of customers has. */
  static final int MAX_ROWS = 65_000_000;

  private static final String TPCDS = "tpcds.";
  private static final String TPCH = "tpch.";

  /** The scale of Snowflake's sample database {@code TPCDS_SF10TCL}. */
  private static final String TPCDS_SCALE = "10000";

  private static final String TPCH_SCALE = "1";
  private static final int MAX_SCALE = 100_000;

  private static final Key<String> FROM = Key.of("from", Type.text());
  private static final Key<Path> FILE = Key.of("from", Type.readableFile());
  private static final Key<Integer> ROWS = Key.of("rows", Type.whole(1, MAX_ROWS));
  private static final Key<Integer> SCALE = Key.of("scale", Type.whole(1, MAX_SCALE));
  private static final Key<String> WHERE = Key.of("where", Type.text());
  private static final Key<Node.Members> TYPES = Key.of("types", Type.object());

  static final Shape SHAPE = Shape.of(List.of(FROM, ROWS, SCALE, WHERE, TYPES));

  private EmbeddedTableReader() {}

  /**
   * @param usualRows the most rows of a generated table that does not say its own
   * @throws ConfigurationException that says what is wrong with each of them
   */
  static List<EmbeddedTable> readAll(Section root, int usualRows) {
    Problems problems = new Problems();
    Map<TableName, String> seen = new HashMap<>();
    List<EmbeddedTable> tables = new ArrayList<>();
    root.named(TABLES)
        .forEach(
            (name, section) ->
                problems
                    .in(() -> read(name, section, usualRows))
                    .ifPresent(
                        table -> {
                          tables.add(table);
                          problems.in(() -> checkOnce(seen, table.name(), name, section));
                        }));
    problems.refuseIfAny();
    return tables;
  }

  private static void checkOnce(
      Map<TableName, String> seen, TableName table, String name, Section section) {
    String other = seen.put(table, name);
    if (other != null) {
      throw section.refusal(
          TABLES + ": " + other + " and " + name + " are the same table, " + table);
    }
  }

  private static EmbeddedTable read(String name, Section section, int usualRows) {
    Problems.ofAll(
        () -> name(name, section),
        () -> section.find(ROWS),
        () -> section.find(SCALE),
        () -> section.each(TYPES, csvType()),
        () -> source(section, usualRows));
    return new EmbeddedTable(name(name, section), source(section, usualRows), section.find(WHERE));
  }

  private static TableName name(String name, Section section) {
    if (!DatasetReader.TABLE.matcher(name).matches()) {
      throw section.refusal(TABLES + ": " + name + " is not the name of a table");
    }
    try {
      return TableName.of(name);
    } catch (IllegalArgumentException e) {
      throw section.refusal(TABLES + ": " + name + ": " + e.getMessage());
    }
  }

  private static TableSource source(Section section, int usualRows) {
    String from = section.get(FROM);
    int rows = section.find(ROWS).orElse(usualRows);
    if (from.startsWith(TPCDS)) {
      String table = generated(section, TPCDS, TpcdsTable.names());
      return new TpcdsTable(table, section.find(scale(TPCDS_SCALE)).orElseThrow(), rows);
    }
    if (from.startsWith(TPCH)) {
      String table = generated(section, TPCH, TpchTable.names());
      return new TpchTable(table, section.find(scale(TPCH_SCALE)).orElseThrow(), rows);
    }
    if (section.isGiven(SCALE)) {
      throw section.refusal(SCALE, " is for the tables of a generator, not for a file");
    }
    return new CsvTable(
        file(section, from),
        section.each(TYPES, csvType()).orElse(Map.of()),
        section.find(ROWS).orElse(Integer.MAX_VALUE));
  }

  /** Who leaves out the generator is told how its tables are written. */
  private static Path file(Section section, String from) {
    try {
      return section.get(FILE);
    } catch (ConfigurationException e) {
      List<String> meant = new ArrayList<>();
      if (TpcdsTable.names().contains(from)) {
        meant.add(TPCDS + from);
      }
      if (TpchTable.names().contains(from)) {
        meant.add(TPCH + from);
      }
      if (meant.isEmpty()) {
        throw e;
      }
      String hint = ". A generator's table is written " + String.join(" or ", meant);
      throw new ConfigurationException(e.problems().stream().map(one -> one + hint).toList());
    }
  }

  private static Key<Integer> scale(String usual) {
    return Key.of(SCALE.name(), SCALE.type(), usual);
  }

  private static String generated(Section section, String prefix, List<String> names) {
    String table = section.get(FROM).substring(prefix.length());
    if (!names.contains(table)) {
      List<String> whole = names.stream().map(name -> prefix + name).toList();
      String mend =
          Spelling.nearest(prefix + table, whole)
              .map(near -> "Did you mean " + near + "?")
              .orElse("A file of that name is written ./" + prefix + table);
      throw section.refusal(
          FROM, " is " + prefix + table + ": that generator has no such table. " + mend);
    }
    if (section.isGiven(TYPES)) {
      throw section.refusal(TYPES, " is for a file, not for the tables of a generator");
    }
    return table;
  }

  private static Type<CsvType> csvType() {
    return (path, node) -> {
      String text = Type.text().read(path, node);
      try {
        return CsvType.declared(text);
      } catch (IllegalArgumentException e) {
        throw new ConfigurationException(path + " is " + text + ", not " + e.getMessage());
      }
    };
  }
}
