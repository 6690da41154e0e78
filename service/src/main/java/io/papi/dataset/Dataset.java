package io.papi.dataset;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A table whose rows can be looked up by key.
 *
 * @param name the first part of the path, such as the one of {@code /customer/1885}
 * @param table the table's name in SQL, such as {@code API.DATA.HYBRID_CUSTOMER}
 * @param keyColumn the column with the key, which is unique
 * @param keyType what an id looks like
 * @param columns the columns of an answer, in this order; none for all of the table's, in its order
 * @param largeNumbersAsStrings whether exact numbers that do not fit into a binary double are
 *     written as strings
 * @param generation an operator's number: raising it makes every cached row unknown
 * @param rules how it answers where a request does not say
 * @param alternateKeys by what else its rows can be asked for
 */
public record Dataset(
    String name,
    String table,
    String keyColumn,
    KeyType keyType,
    List<String> columns,
    boolean largeNumbersAsStrings,
    int generation,
    Freshness freshness,
    AnswerRules rules,
    List<AlternateKey> alternateKeys) {

  public Dataset {
    requireNonNull(name, "name is null");
    requireNonNull(table, "table is null");
    requireNonNull(keyColumn, "keyColumn is null");
    requireNonNull(keyType, "keyType is null");
    requireNonNull(freshness, "freshness is null");
    requireNonNull(rules, "rules is null");
    columns = List.copyOf(columns);
    alternateKeys = List.copyOf(alternateKeys);
  }

  /** A dataset that answers as the published guide says. */
  public Dataset(
      String name,
      String table,
      String keyColumn,
      KeyType keyType,
      List<String> columns,
      boolean largeNumbersAsStrings,
      int generation,
      Freshness freshness) {
    this(
        name,
        table,
        keyColumn,
        keyType,
        columns,
        largeNumbersAsStrings,
        generation,
        freshness,
        AnswerRules.GUIDE,
        List.of());
  }

  /**
   * Which row has a value of {@code alternate}, as a dataset of its own: the rows of the same table
   * by that column, and of each only its key.
   */
  public Dataset mapping(AlternateKey alternate) {
    return new Dataset(
        name + "/" + alternate.name(),
        table,
        alternate.column(),
        alternate.type(),
        List.of(keyColumn),
        false,
        generation,
        alternate.freshness());
  }

  /**
   * The configuration's key for something of the key column, such as its {@code length}. That of a
   * {@linkplain #mapping mapping} stands in a section of its own.
   */
  public String keySetting(String what) {
    int slash = name.indexOf('/');
    return slash < 0
        ? "datasets." + name + ".key-" + what
        : "datasets."
            + name.substring(0, slash)
            + ".keys."
            + name.substring(slash + 1)
            + "."
            + what;
  }

  /** The name of the dataset that has the rows: its own, unless it is a mapping. */
  public String ofRows() {
    return name.split("/", 2)[0];
  }

  /** The key column's name as answers show it: as it is listed, or as the table has it. */
  public String shownKey() {
    return shown(keyColumn);
  }

  /** A column's name as answers show it: as it is listed, or as the table has it. */
  public String shown(String name) {
    String exact = SqlName.exact(name);
    return columns.stream()
        .filter(column -> SqlName.exact(column).equals(exact))
        .map(SqlName::unquoted)
        .findFirst()
        .orElse(exact);
  }
}
