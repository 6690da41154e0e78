package io.papi.coalesce;

import java.time.Duration;

/** A warning that is due at once, and then once a minute at most. Thread-safe. */
final class OnceAMinute {
  private static final long PERIOD_NANOS = Duration.ofMinutes(1).toNanos();

  private boolean given;
  private long givenAt;

  /** Whether to give it at {@code now}, a reading of the ticker; then it counts as given. */
  synchronized boolean isDue(long now) {
    if (given && now - givenAt < PERIOD_NANOS) {
      return false;
    }
    given = true;
    givenAt = now;
    return true;
  }
}
