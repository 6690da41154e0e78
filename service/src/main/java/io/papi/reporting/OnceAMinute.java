package io.papi.reporting;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;

/**
 * A line of the log that is due at once, and then at most once a minute. Whoever writes it adds up
 * what has happened since the last one. Thread-safe.
 */
public final class OnceAMinute {
  private static final long PERIOD_NANOS = Duration.ofMinutes(1).toNanos();

  @GuardedBy("this")
  private boolean written;

  @GuardedBy("this")
  private long writtenAt;

  /**
   * Whether the line is due; if so, it counts as written.
   *
   * @param now a reading of the ticker
   */
  public synchronized boolean isDue(long now) {
    if (written && now - writtenAt < PERIOD_NANOS) {
      return false;
    }
    written = true;
    writtenAt = now;
    return true;
  }
}
