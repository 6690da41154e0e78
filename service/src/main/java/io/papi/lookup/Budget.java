package io.papi.lookup;

import java.time.Duration;

/** How many ids a caller may have read from the store. Thread-safe; never blocks. */
public interface Budget {
  /** For whoever may have any number. */
  Budget UNLIMITED =
      new Budget() {
        @Override
        public boolean take(int ids) {
          return true;
        }

        @Override
        public Duration until(int ids) {
          return Duration.ZERO;
        }

        @Override
        public String limit() {
          return "any number of ids";
        }
      };

  /** Takes so many, or none if there are not as many. */
  boolean take(int ids);

  /** How long until there will be so many, if nobody takes any. */
  Duration until(int ids);

  /** In words. */
  String limit();
}
