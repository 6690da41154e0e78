package io.papi.config;

import io.papi.config.tree.ConfigurationException;
import io.papi.config.tree.Key;
import io.papi.config.tree.Problems;
import io.papi.config.tree.Section;
import io.papi.config.tree.Type;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads which other origins' pages may read a dataset or query. */
final class CorsReader {
  private static final String ANY = "*";

  static final Key<List<String>> ORIGINS =
      Key.of(
          "cors-origins",
          Type.list(
              Type.text(
                  Pattern.compile("\\*|https?://([a-z0-9.-]+|\\[[0-9a-f:.]+])(:[0-9]{1,5})?"),
                  "an origin such as https://shop.example.com, in small letters and without a path,"
                      + " or * for all")));

  private CorsReader() {}

  /**
   * Those of each dataset and query that has some, by its name.
   *
   * @throws ConfigurationException that says all that is wrong
   */
  static Map<String, List<String>> readAll(Section root) {
    Map<String, List<String>> origins = new HashMap<>();
    Problems problems = new Problems();
    for (String collection : List.of(DatasetReader.DATASETS, QueryReader.QUERIES)) {
      root.named(collection)
          .forEach(
              (name, section) ->
                  problems
                      .in(() -> read(section))
                      .filter(some -> !some.isEmpty())
                      .ifPresent(some -> origins.put(name, some)));
    }
    problems.refuseIfAny();
    return origins;
  }

  private static List<String> read(Section section) {
    List<String> origins = section.find(ORIGINS).orElse(List.of());
    if (origins.contains(ANY) && origins.size() > 1) {
      throw section.refusal(ORIGINS, " has * beside others: leave it alone, or out");
    }
    return origins;
  }
}
