package io.papi.caller;

import java.util.Optional;
import java.util.Set;

/**
 * What a caller may ask for, by name.
 *
 * @param views the views that it may ask for, and their columns; empty if it may have whole rows
 */
public record Rights(Set<String> datasets, Optional<Set<String>> views, Set<String> queries) {

  /** To nothing that asks for a right. */
  static final Rights NONE = new Rights(Set.of(), Optional.empty(), Set.of());

  public Rights {
    datasets = Set.copyOf(datasets);
    views = views.map(Set::copyOf);
    queries = Set.copyOf(queries);
  }
}
