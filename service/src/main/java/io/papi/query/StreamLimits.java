package io.papi.query;

/**
 * The bounds of a query that is streamed.
 *
 * @param maxConcurrent the most streams of it at once
 */
public record StreamLimits(int maxConcurrent) {

  public StreamLimits {
    if (maxConcurrent < 1) {
      throw new IllegalArgumentException("maxConcurrent is " + maxConcurrent + ", less than 1");
    }
  }
}
