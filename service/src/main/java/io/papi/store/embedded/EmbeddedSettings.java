package io.papi.store.embedded;

import io.papi.store.embedded.latency.Latency;
import java.nio.file.Path;
import java.util.List;

/**
 * The settings of the embedded store.
 *
 * @param tables what it makes and fills
 * @param scripts files with SQL that run in this order after that
 * @param keys the columns that get an index after that
 * @param latency how long a statement takes
 * @param statements the statements that run at once where there is a latency; more wait
 */
public record EmbeddedSettings(
    List<EmbeddedTable> tables,
    List<Path> scripts,
    List<KeyColumn> keys,
    Latency latency,
    int statements) {

  public EmbeddedSettings {
    tables = List.copyOf(tables);
    scripts = List.copyOf(scripts);
    keys = List.copyOf(keys);
    if (statements < 1) {
      throw new IllegalArgumentException("statements is " + statements + ", less than 1");
    }
  }
}
