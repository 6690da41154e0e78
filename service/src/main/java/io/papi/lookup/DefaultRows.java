package io.papi.lookup;

import java.util.Optional;

/** The rows that stand in for missing ones. */
@FunctionalInterface
public interface DefaultRows {

  /**
   * The row that stands in for the one with this key; empty if there is none, or while it is not
   * known yet, because the store was never reached.
   */
  Optional<Row> of(Key key);
}
