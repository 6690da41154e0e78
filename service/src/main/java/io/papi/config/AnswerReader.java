package io.papi.config;

import io.papi.config.tree.ConfigurationException;
import io.papi.config.tree.Key;
import io.papi.config.tree.Node;
import io.papi.config.tree.Problems;
import io.papi.config.tree.Section;
import io.papi.config.tree.Type;
import io.papi.dataset.AnswerRules;
import io.papi.dataset.AnswerShape;
import io.papi.dataset.MissingPolicy;
import io.papi.dataset.SqlName;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads how a dataset answers. Values of the default row are checked at the first contact, which
 * tells the columns' types.
 */
final class AnswerReader {
  private static final Pattern VIEW = Pattern.compile("[a-z][a-z0-9-]*");
  private static final String NO_COLUMN = ", which is no column of this dataset: it has ";

  private static final Key<AnswerShape> SHAPE =
      Key.of("shape", Type.oneOf(AnswerShape.class), "array");
  private static final Key<MissingPolicy> MISSING =
      Key.of("missing", Type.oneOf(MissingPolicy.class), "omit");
  private static final Key<Node.Members> DEFAULT_ROW = Key.of("default-row", Type.object());
  private static final Key<Node.Members> VIEWS = Key.of("views", Type.object());

  private static final Type<List<String>> COLUMNS =
      Type.list(Type.text(DatasetReader.NAME, "the name of a column"));

  static final List<Key<?>> KEYS = List.of(SHAPE, MISSING, DEFAULT_ROW, VIEWS);

  private AnswerReader() {}

  /**
   * @throws ConfigurationException that says all that is wrong whatever columns there are
   */
  static void check(Section section) {
    Problems.ofAll(
        () -> checkMissing(section),
        () -> section.each(DEFAULT_ROW, Type.exactText()),
        () -> checkViews(section));
  }

  /**
   * @param columns of the dataset, as they are configured; empty if only the table tells them
   * @throws ConfigurationException that says all that is wrong
   */
  static AnswerRules read(Section section, String keyColumn, List<String> columns) {
    check(section);
    List<String> known = columns.stream().map(SqlName::unquoted).toList();
    Optional<Map<String, String>> defaultRow = section.each(DEFAULT_ROW, Type.exactText());
    Map<String, List<String>> views = new TreeMap<>();
    section
        .each(VIEWS, COLUMNS)
        .orElse(Map.of())
        .forEach((name, view) -> views.put(name, view.stream().map(SqlName::unquoted).toList()));
    Problems problems = new Problems();
    defaultRow
        .orElse(Map.of())
        .keySet()
        .forEach(name -> problems.in(() -> checkDefault(section, name, keyColumn, columns)));
    views.forEach((name, view) -> problems.in(() -> checkView(section, name, view, known)));
    problems.refuseIfAny();
    return new AnswerRules(
        section.get(SHAPE), section.get(MISSING), defaultRow.map(AnswerReader::unquoted), views);
  }

  private static Map<String, String> unquoted(Map<String, String> values) {
    Map<String, String> byColumn = new TreeMap<>();
    values.forEach((name, value) -> byColumn.put(SqlName.unquoted(name), value));
    return byColumn;
  }

  private static void checkMissing(Section section) {
    if (section.get(MISSING) == MissingPolicy.DEFAULT && section.find(DEFAULT_ROW).isEmpty()) {
      throw section.refusal(
          MISSING, " is default, but there is no default-row: write one, or omit or not-found");
    }
  }

  private static void checkViews(Section section) {
    Problems problems = new Problems();
    section
        .each(VIEWS, COLUMNS)
        .orElse(Map.of())
        .forEach((name, columns) -> problems.in(() -> checkView(section, name, columns)));
    problems.refuseIfAny();
  }

  private static void checkView(Section section, String name, List<String> columns) {
    if (!VIEW.matcher(name).matches()) {
      throw section.refusal(VIEWS, name, ": a view's name is lower-case letters, digits and -");
    }
    if (columns.isEmpty()) {
      throw section.refusal(VIEWS, name, " has no column");
    }
    Set<String> seen = new HashSet<>();
    for (String column : columns) {
      if (!seen.add(SqlName.unquoted(column))) {
        throw section.refusal(VIEWS, name, " has a column twice: " + column);
      }
    }
  }

  private static void checkView(
      Section section, String name, List<String> columns, List<String> known) {
    for (String column : columns) {
      if (!known.isEmpty() && !known.contains(column)) {
        throw section.refusal(VIEWS, name, " has " + column + NO_COLUMN + String.join(", ", known));
      }
    }
  }

  private static void checkDefault(
      Section section, String name, String keyColumn, List<String> columns) {
    String column = SqlName.unquoted(name);
    String key = SqlName.exact(keyColumn);
    // a column that is configured may be written in another way than the key
    boolean isKey =
        columns.isEmpty()
            ? column.equals(key)
            : columns.stream()
                .filter(each -> SqlName.unquoted(each).equals(column))
                .anyMatch(each -> SqlName.exact(each).equals(key));
    if (isKey) {
      throw section.refusal(
          DEFAULT_ROW, name, " is the key column, which always has the id: leave it out");
    }
    List<String> known = columns.stream().map(SqlName::unquoted).toList();
    if (!known.isEmpty() && !known.contains(column)) {
      throw section.refusal(
          DEFAULT_ROW, name, " is no column of this dataset: it has " + String.join(", ", known));
    }
  }
}
