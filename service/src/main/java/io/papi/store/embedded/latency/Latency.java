package io.papi.store.embedded.latency;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long statements take: a log-normal distribution, given by its median and its 99th percentile.
 * The latencies of databases are skewed this way.
 *
 * @param p50 the median; zero for no latency at all
 * @param p99 the 99th percentile, not less than the median
 */
public record Latency(Duration p50, Duration p99) {
  /** Statements take what the database itself takes. */
  public static final Latency NONE = new Latency(Duration.ZERO, Duration.ZERO);

  /** The 99th percentile of the standard normal distribution. */
  private static final double NORMAL_P99 = 2.3263478740408408;

  public Latency {
    if (p99.compareTo(p50) < 0 || (p50.isZero() && !p99.isZero())) {
      throw new IllegalArgumentException(
          "a median of "
              + p50.toMillis()
              + " ms and a 99th percentile of "
              + p99.toMillis()
              + " ms");
    }
  }

  public boolean isNone() {
    return p50.isZero();
  }

  /** Draws one statement's time. */
  public Duration draw(RandomGenerator random) {
    double sigma = Math.log((double) p99.toNanos() / p50.toNanos()) / NORMAL_P99;
    return Duration.ofNanos((long) (p50.toNanos() * Math.exp(sigma * random.nextGaussian())));
  }
}
