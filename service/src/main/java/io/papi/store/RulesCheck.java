package io.papi.store;

import io.papi.dataset.Dataset;
import java.util.Collection;
import java.util.List;

/**
 * Checks the names of a dataset's views and default row, where only its table tells the columns.
 */
final class RulesCheck {
  private final Dataset dataset;
  private final List<String> columns;
  private final List<String> wrong;

  private RulesCheck(Dataset dataset, List<String> columns, List<String> wrong) {
    this.dataset = dataset;
    this.columns = columns;
    this.wrong = wrong;
  }

  /**
   * @param columns as answers show their names
   * @param wrong takes what names no column
   */
  static void check(Dataset dataset, List<String> columns, List<String> wrong) {
    RulesCheck check = new RulesCheck(dataset, columns, wrong);
    dataset.rules().views().forEach((name, view) -> check.names("views." + name, view));
    dataset.rules().defaultRow().ifPresent(row -> check.names("default-row", row.keySet()));
  }

  private void names(String key, Collection<String> names) {
    for (String name : names) {
      if (!columns.contains(name)) {
        wrong.add(
            "datasets.%s.%s has %s, which is no column of this dataset: it has %s"
                .formatted(dataset.name(), key, name, String.join(", ", columns)));
      }
    }
  }
}
