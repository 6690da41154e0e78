package io.papi.chaos;

import java.time.Duration;

/**
 * The times that the service under test is configured with, and that answers are held against.
 *
 * @param slack what two readings of Redis's clock may be apart: half of an exchange each
 */
record Freshness(Duration fresh, Duration stale, Duration negative, Duration slack) {

  /** Short, so that a run crosses all of them many times. */
  static final Freshness SHORT =
      new Freshness(
          Duration.ofSeconds(3),
          Duration.ofSeconds(6),
          Duration.ofSeconds(1),
          Duration.ofMillis(100));
}
