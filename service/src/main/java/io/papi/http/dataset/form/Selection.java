package io.papi.http.dataset.form;

import io.papi.lookup.Row;
import java.util.Optional;

/** What of a row is shown. */
@FunctionalInterface
public interface Selection {
  /** All of it: the row's bytes as they are. */
  Selection WHOLE = Optional::of;

  /**
   * The row as it is shown; empty if it does not have what was asked for: that is never shown as
   * less, or as null.
   */
  Optional<Row> of(Row row);
}
