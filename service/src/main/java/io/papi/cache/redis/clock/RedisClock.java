package io.papi.cache.redis.clock;

import java.util.ArrayList;
import java.util.List;

/**
 * The {@link Timeline} by which this process stamps what it writes to Redis and counts the age of
 * what it reads, and those by which it did so before. {@link ClockWatch} alone writes it; anybody
 * may read it at any time. Thread-safe.
 *
 * <p>Until the first {@link #set} its timeline is nobody's: nothing is written to Redis before it
 * {@link #counts}, and everything that is read until then was stamped by another.
 */
public final class RedisClock {
  private static final int MAX_EARLIER = 8;

  private static final Timeline NOBODYS = new Timeline(0, 0, 0, 0);

  private volatile Timeline timeline = NOBODYS;

  /** The youngest first. */
  private volatile List<Timeline> earlier = List.of();

  /** Whether there is a timeline by which a value can be stamped. */
  @SuppressWarnings("ReferenceEquality") // no other is nobody's, whatever its id
  public boolean counts() {
    return timeline != NOBODYS;
  }

  /** The timeline that counts now. */
  public Timeline timeline() {
    return timeline;
  }

  /** From now on {@code next} counts. */
  void set(Timeline next) {
    Timeline last = timeline;
    if (last.id() != next.id()) {
      List<Timeline> all = new ArrayList<>(MAX_EARLIER + 1);
      all.add(last);
      all.addAll(earlier);
      earlier = List.copyOf(all.subList(0, Math.min(all.size(), MAX_EARLIER)));
    }
    timeline = next;
  }

  /**
   * The ticker's reading at which a value was read, or one before it, where another timeline than
   * the present one stamped it. By the present timeline it may be of any age, so it is taken to be
   * as old as it claims to be by that, or as old as it is by its own timeline, if that is known
   * here and makes it older. If it is not known, this is a guess: never take such a value for
   * fresh.
   */
  public long guessReadAt(Stamp stamp, long now) {
    long readAt = timeline.readAt(stamp.micros(), now);
    for (Timeline other : earlier) {
      if (other.mark() == stamp.clock()) {
        long byItsOwn = other.readAt(stamp.micros(), now);
        return byItsOwn - readAt < 0 ? byItsOwn : readAt;
      }
    }
    return readAt;
  }
}
