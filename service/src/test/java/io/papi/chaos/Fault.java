package io.papi.chaos;

import java.time.Duration;

/**
 * Something that goes wrong for a while.
 *
 * @param longest the longest that it may last
 * @param mayFail whether requests may be answered 503 or 504 meanwhile; else all get their rows
 */
record Fault(String name, Part part, Duration longest, boolean mayFail, Beginning beginning) {

  /** Long enough that rows run out of their stale time. */
  static final Duration LONG = Duration.ofSeconds(12);

  /** What goes wrong. */
  enum Part {
    REDIS("Redis"),
    STORE("store"),
    SERVICE("service");

    private final String text;

    Part(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** How it begins; what that returns ends it. */
  interface Beginning {
    AutoCloseable begin() throws Exception;
  }
}
