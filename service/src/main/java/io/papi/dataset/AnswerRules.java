package io.papi.dataset;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a dataset answers where a request does not say. Columns have the names that answers show.
 *
 * @param defaultRow the values of a row that stands in for a missing one, by column, as they were
 *     written; columns that are not named are null, and the key column has the id
 * @param views lists of columns that a request can ask for by name
 */
public record AnswerRules(
    AnswerShape shape,
    MissingPolicy missing,
    Optional<Map<String, String>> defaultRow,
    Map<String, List<String>> views) {

  /** The published guide's: an array, without the ids that have no row. */
  public static final AnswerRules GUIDE =
      new AnswerRules(AnswerShape.ARRAY, MissingPolicy.OMIT, Optional.empty(), Map.of());

  public AnswerRules {
    requireNonNull(shape, "shape is null");
    requireNonNull(missing, "missing is null");
    defaultRow = defaultRow.map(Map::copyOf);
    views = Map.copyOf(views);
  }
}
