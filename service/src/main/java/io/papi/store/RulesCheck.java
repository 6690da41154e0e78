package io.papi.store;

import io.papi.dataset.Dataset;
import io.papi.dataset.SqlName;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
   * @param columns of an answer, in their order
   * @param wrong takes what names no column, or the key's where that is not to be named
   */
  static void check(Dataset dataset, List<DefaultRow.Column> columns, List<String> wrong) {
    List<String> names = columns.stream().map(DefaultRow.Column::name).toList();
    RulesCheck check = new RulesCheck(dataset, names, wrong);
    dataset.rules().views().forEach((name, view) -> check.names("views." + name, view));
    Set<String> values = dataset.rules().defaultRow().map(Map::keySet).orElse(Set.of());
    check.names("default-row", values);
    String key = SqlName.exact(dataset.keyColumn());
    for (DefaultRow.Column column : columns) {
      if (column.exact().equals(key) && values.contains(column.name())) {
        wrong.add(
            "datasets.%s.default-row.%s is the key column, which always has the id: leave it out"
                .formatted(dataset.name(), column.name()));
      }
    }
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
