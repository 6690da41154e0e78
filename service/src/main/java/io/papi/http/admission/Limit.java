package io.papi.http.admission;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.papi.caller.Rate;
import io.papi.lookup.Ticker;
import java.time.Duration;

/** A caller's limit over time, as a bucket that fills at a steady rate. Thread-safe. */
final class Limit {
  private final Rate rate;
  private final Bucket bucket;

  Limit(Rate rate, Ticker ticker) {
    this.rate = rate;
    this.bucket =
        Bucket.builder()
            .addLimit(
                limit ->
                    limit
                        .capacity(rate.burst())
                        .refillGreedy(rate.perSecond(), Duration.ofSeconds(1)))
            .withCustomTimePrecision(new Nanos(ticker))
            .build();
  }

  /**
   * Takes so many, or none if there are not as many. More than there can ever be at once are taken
   * when there is all that there can be; what is lacking is owed, and comes first later on.
   */
  boolean take(int count) {
    int held = Math.min(count, rate.burst());
    if (!bucket.tryConsume(held)) {
      return false;
    }
    if (count > held) {
      var _ = bucket.consumeIgnoringRateLimits(count - held);
    }
    return true;
  }

  /** How long until so many can be taken, if nobody takes any. */
  Duration until(int count) {
    int held = Math.min(count, rate.burst());
    return Duration.ofNanos(bucket.estimateAbilityToConsume(held).getNanosToWaitForRefill());
  }

  Rate rate() {
    return rate;
  }

  private record Nanos(Ticker ticker) implements TimeMeter {

    @Override
    public long currentTimeNanos() {
      return ticker.nanos();
    }

    @Override
    public boolean isWallClockBased() {
      return false;
    }
  }
}
