package io.papi.config;

import io.papi.config.tree.ConfigurationException;
import io.papi.config.tree.Key;
import io.papi.config.tree.Problems;
import io.papi.config.tree.Section;
import io.papi.config.tree.Shape;
import io.papi.config.tree.Type;
import io.papi.dataset.Dataset;
import io.papi.dataset.SqlName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the datasets that are enabled. */
final class DatasetReader {
  /** The section that holds them. */
  static final String DATASETS = "datasets";

  private static final Pattern DATASET = Pattern.compile("[a-z][a-z0-9-]*");
  static final Pattern NAME =
      Pattern.compile("[A-Za-z_][A-Za-z0-9_$]*|\"([^\"\\p{Cntrl}]|\"\")+\"");
  static final Pattern TABLE = Pattern.compile("(" + NAME + ")(\\.(" + NAME + ")){0,2}");

  /** The first parts of paths that are the service's own: no dataset can be called so. */
  static final Set<String> TAKEN = Set.of("test", "docs", "openapi.json", "openapi.yaml");

  private static final Key<Boolean> ENABLED = Key.of("enabled", Type.flag(), "true");
  private static final Key<String> TABLE_NAME =
      Key.of("table", Type.text(TABLE, "the name of a table"));
  private static final Key<String> KEY_COLUMN =
      Key.of("key", Type.text(NAME, "the name of a column"));
  private static final Key<List<String>> COLUMNS =
      Key.of("columns", Type.list(Type.text(NAME, "the name of a column")));
  private static final Key<Boolean> LARGE_NUMBERS_AS_STRINGS =
      Key.of("large-numbers-as-strings", Type.flag(), "false");
  private static final Key<Integer> GENERATION =
      Key.of("generation", Type.whole(0, 1_000_000), "1");

  static final Shape SHAPE =
      Shape.of(
              Stream.of(
                      List.of(
                          ENABLED,
                          TABLE_NAME,
                          KEY_COLUMN,
                          COLUMNS,
                          LARGE_NUMBERS_AS_STRINGS,
                          GENERATION,
                          CorsReader.ORIGINS),
                      KeyTypeReader.OWN.keys(),
                      FreshnessReader.KEYS,
                      AnswerReader.KEYS)
                  .<Key<?>>flatMap(List::stream)
                  .toList())
          .withNamed(AlternateKeyReader.KEYS, AlternateKeyReader.SHAPE);

  private DatasetReader() {}

  /**
   * @param mayBeNone whether there is something else to serve
   * @throws ConfigurationException that says what is wrong with each of them
   */
  static List<Dataset> readAll(Section root, boolean mayBeNone) {
    Map<String, Section> named = root.named(DATASETS);
    Problems problems = new Problems();
    List<Dataset> datasets = new ArrayList<>();
    boolean isNoneEnabled = !root.hasOthers(DATASETS);
    for (Map.Entry<String, Section> each : named.entrySet()) {
      String name = each.getKey();
      Section section = each.getValue();
      problems.in(() -> checkName(name, section));
      if (problems.in(() -> section.get(ENABLED)).orElse(true)) {
        isNoneEnabled = false;
        problems.in(() -> read(name, section, root)).ifPresent(datasets::add);
      }
    }
    problems.refuseIfAny();
    if (isNoneEnabled && !mayBeNone) {
      throw new ConfigurationException(DATASETS + ": none is enabled");
    }
    return datasets;
  }

  private static void checkName(String name, Section section) {
    if (!DATASET.matcher(name).matches() || TAKEN.contains(name)) {
      throw section.refusal(
          DATASETS
              + "."
              + name
              + ": a dataset's name is lower-case letters, digits and -, not test or docs");
    }
  }

  private static Dataset read(String name, Section section, Section root) {
    Problems.ofAll(
        () -> section.check(SHAPE.keys()),
        () -> section.get(TABLE_NAME),
        () -> section.get(KEY_COLUMN),
        () -> KeyTypeReader.OWN.read(section),
        () -> columns(section),
        () -> AlternateKeyReader.readAll(section, root, section.find(COLUMNS).orElse(List.of())),
        () -> AnswerReader.check(section),
        () -> FreshnessReader.read(section, root));
    return new Dataset(
        name,
        section.get(TABLE_NAME),
        section.get(KEY_COLUMN),
        KeyTypeReader.OWN.read(section),
        columns(section),
        section.get(LARGE_NUMBERS_AS_STRINGS),
        section.get(GENERATION),
        FreshnessReader.read(section, root),
        AnswerReader.read(section, section.get(KEY_COLUMN), columns(section)),
        AlternateKeyReader.readAll(section, root, columns(section)));
  }

  /**
   * None if they are left out, which means all. An answer's object has each name once, and quotes
   * are no part of a name.
   */
  private static List<String> columns(Section section) {
    Set<String> names = new HashSet<>();
    List<String> columns = section.find(COLUMNS).orElse(List.of());
    for (String column : columns) {
      if (!names.add(SqlName.unquoted(column))) {
        throw section.refusal(COLUMNS, " has a column twice: " + column);
      }
    }
    return columns;
  }
}
