package io.papi.store.embedded;

import io.papi.dataset.SqlName;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A CSV file with the names of its columns in the first line. A name of letters, digits and
 * underscores means the one in capital letters, as in SQL; any other is taken as it is.
 *
 * <p>The file is read twice: first all of it is checked and the types are found, so that a file
 * with a bad line fills no table.
 *
 * @param types the columns whose types are declared, by name as in SQL; those of others are found
 * @param rows the most rows
 */
public record CsvTable(Path file, Map<String, CsvType> types, int rows) implements TableSource {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern OTHER_SEPARATOR = Pattern.compile("[;\t|]");

  public CsvTable {
    types = Map.copyOf(types);
  }

  @Override
  public List<Column> columns(Set<String> keys) {
    try (CsvReader csv = new CsvReader(file)) {
      List<String> names = header(csv);
      Map<String, CsvType> declared = declared(names);
      List<ColumnCheck> checks = new ArrayList<>();
      for (String name : names) {
        checks.add(new ColumnCheck(name, declared.get(name), keys.contains(name)));
      }
      @Nullable String[] row = csv.next();
      if (row.length == 0) {
        throw new CannotLoadException(file + " has no rows, only the names of its columns");
      }
      for (int done = 0; row.length > 0 && done < rows; done++) {
        checkWidth(csv, row, names.size());
        for (int i = 0; i < row.length; i++) {
          checks.get(i).check(csv, row[i]);
        }
        row = csv.next();
      }
      return checks.stream().map(ColumnCheck::column).toList();
    }
  }

  @Override
  public void forEach(RowAction action) throws SQLException {
    try (CsvReader csv = new CsvReader(file)) {
      int width = csv.next().length;
      @Nullable String[] row = csv.next();
      for (int done = 0; row.length > 0 && done < rows; done++) {
        checkWidth(csv, row, width); // somebody may write the file meanwhile
        action.accept(row);
        row = csv.next();
      }
    }
  }

  private List<String> header(CsvReader csv) {
    @Nullable String[] first = csv.next();
    if (first.length == 0) {
      throw new CannotLoadException(file + " is empty: its first line has the columns' names");
    }
    List<String> names = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (String each : first) {
      String name = each == null ? "" : each.strip();
      if (name.isEmpty()) {
        throw csv.refusal("column " + (names.size() + 1) + " has no name");
      }
      if (first.length == 1 && OTHER_SEPARATOR.matcher(name).find()) {
        throw csv.refusal("there is one column: put commas between the columns' names and values");
      }
      String exact = PLAIN.matcher(name).matches() ? name.toUpperCase(Locale.ROOT) : name;
      if (!seen.add(exact)) {
        throw csv.refusal("two columns are called " + exact);
      }
      names.add(exact);
    }
    return names;
  }

  private Map<String, CsvType> declared(List<String> names) {
    Map<String, CsvType> declared = new LinkedHashMap<>();
    Set<String> unknown = new TreeSet<>();
    types.forEach(
        (name, type) -> {
          // a name that only quotes make possible in SQL needs none here
          String exact = names.contains(name) ? name : SqlName.exact(name);
          declared.put(exact, type);
          if (!names.contains(exact)) {
            unknown.add(exact);
          }
        });
    if (!unknown.isEmpty()) {
      throw new CannotLoadException(
          file + " has no column " + String.join(", ", unknown) + ", whose type is declared");
    }
    return declared;
  }

  private static void checkWidth(CsvReader csv, @Nullable String[] row, int width) {
    if (row.length != width) {
      throw csv.refusal(
          row.length
              + (row.length == 1 ? " value" : " values")
              + " for "
              + width
              + (width == 1 ? " column" : " columns"));
    }
  }

  /** Checks the values of one column, and finds its type where that is not declared. */
  private static final class ColumnCheck {
    private final String name;
    private final @Nullable CsvType declared;
    private final boolean isKey;
    private final ColumnSniffer sniffer = new ColumnSniffer();

    /** The line of each value of a key. */
    private final Map<String, Integer> lines = new HashMap<>();

    ColumnCheck(String name, @Nullable CsvType declared, boolean isKey) {
      this.name = name;
      this.declared = declared;
      this.isKey = isKey;
    }

    void check(CsvReader csv, @Nullable String value) {
      if (value == null) {
        if (isKey) {
          throw csv.refusal("column " + name + " is the key, and has no value");
        }
        return;
      }
      if (declared == null) {
        sniffer.see(value);
      } else if (!declared.takes(value)) {
        throw csv.refusal("column " + name + " has a value that is not " + declared);
      }
      if (isKey) {
        Integer other = lines.put(value, csv.line());
        if (other != null) {
          throw csv.refusal(
              "column " + name + " is the key, and has the same value as on line " + other);
        }
      }
    }

    Column column() {
      return new Column(name, (declared == null ? sniffer.type() : declared).sql());
    }
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
