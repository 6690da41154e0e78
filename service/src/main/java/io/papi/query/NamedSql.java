package io.papi.query;

import java.util.List;
import java.util.function.Function;

/**
 * SQL with named parameters, taken apart: {@code :name} is a place for a value and never part of
 * the text. Immutable.
 *
 * @param texts what stands before, between and after the parameters, without comments; one more
 *     than there are names
 * @param names the parameters in their order, one that stands twice twice
 */
public record NamedSql(List<String> texts, List<String> names) {
  /** What a parameter can be called. */
  public static final String NAME = "[A-Za-z_][A-Za-z0-9_]*";

  public NamedSql {
    texts = List.copyOf(texts);
    names = List.copyOf(names);
    if (texts.size() != names.size() + 1) {
      throw new IllegalArgumentException(texts.size() + " texts around " + names.size() + " names");
    }
  }

  /**
   * Reads SQL.
   *
   * @throws IllegalArgumentException that says why it cannot be a query's
   */
  public static NamedSql read(String sql) {
    return new SqlReader(sql).read();
  }

  /** The statement, with what {@code place} gives in each parameter's place. */
  public String text(Function<String, String> place) {
    StringBuilder text = new StringBuilder(texts.getFirst());
    for (int i = 0; i < names.size(); i++) {
      text.append(place.apply(names.get(i))).append(texts.get(i + 1));
    }
    return text.toString();
  }

  /** The statement as it was written, without its comments. */
  @Override
  public String toString() {
    return text(name -> ":" + name);
  }
}
