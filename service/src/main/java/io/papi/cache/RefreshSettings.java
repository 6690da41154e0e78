package io.papi.cache;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What reading ahead may take of the store.
 *
 * @param lanes the most statements that it has under way at once, at least 1
 * @param maxBatch the most keys of one statement, at least 1
 * @param lead how much earlier than usual it begins, so that a statement that takes long is over in
 *     time; zero where none does. What is fresh for less than ten times as long is not read ahead:
 *     it would be read far more often
 * @param patience how long it waits for one statement: not less than what that may take
 */
public record RefreshSettings(int lanes, int maxBatch, Duration lead, Duration patience) {
  private static final Duration USUAL_PATIENCE = Duration.ofSeconds(10);

  public RefreshSettings {
    requireNonNull(lead, "lead is null");
    requireNonNull(patience, "patience is null");
    if (lanes < 1 || maxBatch < 1) {
      throw new IllegalArgumentException("less than 1: lanes " + lanes + ", maxBatch " + maxBatch);
    }
    if (lead.isNegative() || !patience.isPositive()) {
      throw new IllegalArgumentException("lead is " + lead + ", patience " + patience);
    }
  }

  /** For statements that take well less than a second. */
  public RefreshSettings(int lanes, int maxBatch) {
    this(lanes, maxBatch, Duration.ZERO, USUAL_PATIENCE);
  }
}
