package io.papi.cache;

import io.papi.dataset.Freshness;
import io.papi.lookup.Key;
import io.papi.lookup.Need;
import io.papi.lookup.Outcome.Absent;
import io.papi.lookup.Outcome.Found;
import io.papi.lookup.Outcome.Known;
import io.papi.lookup.Outcome.Unreadable;
import java.time.Duration;

/**
 * How long a cache may serve what it holds: a dataset's freshness, shortened by the jitter for each
 * key.
 *
 * <p>The jitter of a key is the same in all caches of a process and differs between processes.
 * Immutable.
 */
public final class Lifetime {
  /** How far past its fresh time a row is put that must not be fresh: its ttl shows as negative. */
  private static final long PAST_FRESH_NANOS = Duration.ofSeconds(1).toNanos();

  private static final long MAX_REFRESH_PERIOD_NANOS = Duration.ofSeconds(1).toNanos();

  /** Of a fresh time: what is read again a few of them early is not read much more often. */
  private static final int MIN_REFRESH_PERIODS = 20;

  private final long freshNanos;
  private final long staleNanos;
  private final long negativeNanos;
  private final Duration staleAfter;
  private final double jitter;
  private final int seed;

  /**
   * @param seed a number of this process's own
   */
  public Lifetime(Freshness freshness, int seed) {
    this.freshNanos = freshness.freshFor().toNanos();
    this.staleNanos = freshness.staleFor().toNanos();
    this.negativeNanos = freshness.negativeFor().toNanos();
    this.staleAfter = freshness.staleAfter();
    this.jitter = freshness.jitter();
    this.seed = seed;
  }

  /** How often to look for what ends soon: so often that there is time to read it again. */
  Duration refreshPeriod() {
    return Duration.ofNanos(Math.min(MAX_REFRESH_PERIOD_NANOS, freshNanos / MIN_REFRESH_PERIODS));
  }

  /**
   * Whether {@code known} is fresh for so long that it is worth reading ahead. An absence may not
   * be: at each look it would be about to end, and would be read several times as often.
   */
  boolean isReadAhead(Known known) {
    return isFreshFor(known, refreshPeriod().multipliedBy(MIN_REFRESH_PERIODS));
  }

  /**
   * Whether {@code known} is fresh for at least {@code min} from when it is read, but for jitter.
   */
  boolean isFreshFor(Known known, Duration min) {
    return fullNanos(known) >= min.toNanos();
  }

  /** How long a caller waits for the store while a row that stands in is at hand. */
  Duration staleAfter() {
    return staleAfter;
  }

  /** Whether {@code known} is fresh at {@code now} and young enough for {@code need}. */
  boolean answers(Key key, Known known, Need need, long now) {
    return need.isMetBy(known.readAt()) && freshLeft(key, known, now) > 0;
  }

  /**
   * Nanoseconds after {@code now} for which {@code known} is fresh; zero or less when it is not.
   */
  long freshLeft(Key key, Known known, long now) {
    return freshUntil(key, known) - now;
  }

  /** The {@link io.papi.lookup.Ticker} reading at which {@code known} is not fresh any more. */
  long freshUntil(Key key, Known known) {
    long full = fullNanos(known);
    return known.readAt() + full - (long) (full * jitter * fraction(key));
  }

  private long fullNanos(Known known) {
    return switch (known) {
      case Found _ -> freshNanos;
      case Absent _, Unreadable _ -> negativeNanos;
    };
  }

  /**
   * The read time to assume for a row that was read at {@code readAt} or longer ago: one by which
   * it is no longer fresh at {@code now}.
   */
  public long notFresh(long readAt, long now) {
    long ended = now - freshNanos - PAST_FRESH_NANOS;
    return readAt - ended < 0 ? readAt : ended;
  }

  /** Whether {@code known} may be served at {@code now} when nothing better can be had. */
  boolean standsIn(Known known, long now) {
    return known instanceof Found && remaining(known, now) > 0;
  }

  /**
   * Nanoseconds after {@code now} for which {@code known} is worth keeping; zero or less when it
   * has ended.
   */
  public long remaining(Known known, long now) {
    long life =
        switch (known) {
          case Found _ -> freshNanos + staleNanos;
          case Absent _, Unreadable _ -> negativeNanos;
        };
    return known.readAt() + life - now;
  }

  /** A number from 0 to 1, scattered evenly over the keys (a multiplicative hash, Knuth's). */
  private double fraction(Key key) {
    int scattered = (key.hashCode() ^ seed) * 0x9E3779B9;
    return (scattered >>> 8) / (double) (1 << 24);
  }
}
