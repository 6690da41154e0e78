package io.papi.config;

import io.papi.config.tree.ConfigurationException;
import io.papi.config.tree.Key;
import io.papi.config.tree.Problems;
import io.papi.config.tree.Section;
import io.papi.config.tree.Shape;
import io.papi.config.tree.Type;
import io.papi.dataset.AlternateKey;
import io.papi.dataset.Fold;
import io.papi.dataset.KeyType;
import io.papi.dataset.SqlName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads by what else than its key the rows of a dataset can be asked for. */
final class AlternateKeyReader {
  /** The section of a dataset that holds them. */
  static final String KEYS = "keys";

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");

  private static final Key<String> COLUMN =
      Key.of("column", Type.text(DatasetReader.NAME, "the name of a column"));
  private static final Key<Fold> FOLD = Key.of("fold", Type.oneOf(Fold.class), "none");

  /** What a dataset does not say for it. */
  static final List<Key<?>> OWN_KEYS =
      Stream.concat(Stream.of(COLUMN, FOLD), KeyTypeReader.ALTERNATE.keys().stream()).toList();

  static final Shape SHAPE =
      Shape.of(Stream.concat(OWN_KEYS.stream(), FreshnessReader.KEYS.stream()).toList());

  private AlternateKeyReader() {}

  /**
   * @param columns those that a row shows; none where it shows all that the table has
   * @throws ConfigurationException that says what is wrong with each of them
   */
  static List<AlternateKey> readAll(Section dataset, Section root, List<String> columns) {
    Problems problems = new Problems();
    List<AlternateKey> keys = new ArrayList<>();
    for (Map.Entry<String, Section> each : dataset.named(KEYS).entrySet()) {
      problems
          .in(() -> read(each.getKey(), each.getValue(), dataset, root, columns))
          .ifPresent(keys::add);
    }
    problems.refuseIfAny();
    return keys;
  }

  private static AlternateKey read(
      String name, Section section, Section dataset, Section root, List<String> columns) {
    Problems.ofAll(
        () -> checkName(name, section),
        () -> section.check(SHAPE.keys()),
        () -> column(section, columns),
        () -> type(section),
        () -> FreshnessReader.read(section, dataset, root));
    return new AlternateKey(
        name,
        column(section, columns),
        type(section),
        section.get(FOLD),
        FreshnessReader.read(section, dataset, root));
  }

  private static void checkName(String name, Section section) {
    if (!NAME.matcher(name).matches()) {
      throw section.refusal(section.path("") + " a key's name is lower-case letters, digits and -");
    }
  }

  /** Without its value in a row nobody could tell that the row still has it. */
  private static String column(Section section, List<String> columns) {
    String column = section.get(COLUMN);
    String exact = SqlName.exact(column);
    if (!columns.isEmpty() && columns.stream().map(SqlName::exact).noneMatch(exact::equals)) {
      throw section.refusal(
          COLUMN,
          " is "
              + column
              + ", which rows do not show: add it to the dataset's columns, so that each row tells"
              + " which value it has");
    }
    return column;
  }

  private static KeyType type(Section section) {
    KeyType type = KeyTypeReader.ALTERNATE.read(section);
    if (section.get(FOLD) != Fold.NONE && type instanceof KeyType.Whole) {
      throw section.refusal(FOLD, " is set, but whole numbers have one spelling: leave it out");
    }
    return type;
  }
}
