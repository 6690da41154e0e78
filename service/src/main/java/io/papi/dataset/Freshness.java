package io.papi.dataset;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How long a row may be served, counted from just before the statement that read it was sent.
 *
 * @param freshFor how long a row is served without asking the store
 * @param staleFor how long after that it is served when the store cannot answer in time
 * @param staleAfter how long a caller waits for the store while a stale row is at hand
 * @param negativeFor how long "there is no such row" is served
 * @param jitter the part of {@code freshFor} and {@code negativeFor} by which a process shortens
 *     them at random for each key, 0 to 0.5, so that rows that were read together do not expire
 *     together
 */
public record Freshness(
    Duration freshFor,
    Duration staleFor,
    Duration staleAfter,
    Duration negativeFor,
    double jitter) {

  public Freshness {
    requireNonNull(freshFor, "freshFor is null");
    requireNonNull(staleFor, "staleFor is null");
    requireNonNull(staleAfter, "staleAfter is null");
    requireNonNull(negativeFor, "negativeFor is null");
  }

  /** The same, but "there is no such row" is served for {@code other}. */
  public Freshness withNegativeFor(Duration other) {
    return new Freshness(freshFor, staleFor, staleAfter, other, jitter);
  }
}
