package io.papi.dataset;

import java.util.Locale;

/** One of several, of which requests and configuration write one. */
public interface Choice {

  String name();

  /** As it is written: in lower case, with dashes. */
  default String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
