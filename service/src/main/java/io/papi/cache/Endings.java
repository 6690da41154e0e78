package io.papi.cache;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The entries of a near cache by the time at which their fresh time ends: in buckets, each for a
 * short span of time, so that those that end soon are found without looking at the others.
 * Thread-safe.
 *
 * <p>A bucket is a ring of linked entries: one that leaves the cache before its time is taken out
 * at once, and nothing of it is kept.
 */
final class Endings {
  private final long spanNanos;

  /** By the number of its span, the link at which the ring of its entries begins and ends. */
  @GuardedBy("this")
  private final SortedMap<Long, Link> buckets = new TreeMap<>();

  /** The first span whose entries have not been taken. */
  @GuardedBy("this")
  private long open = Long.MIN_VALUE;

  /** A place in a ring; one that is in none is a ring of its own. Guarded by the endings. */
  static class Link {
    Link previous = this;
    Link next = this;
  }

  /**
   * @param spanNanos the time that one bucket stands for
   */
  Endings(long spanNanos) {
    this.spanNanos = spanNanos;
  }

  /** Adds an entry, unless those that end at {@code endsAt} have been taken already. */
  synchronized void add(NearEntry entry, long endsAt) {
    long span = Math.floorDiv(endsAt, spanNanos);
    if (span >= open) {
      Link ring = buckets.computeIfAbsent(span, _ -> new Link());
      join(ring.previous, entry);
      join(entry, ring);
    }
  }

  /** Takes out an entry; returns whether it was in. */
  synchronized boolean remove(NearEntry entry) {
    boolean isIn = isInRing(entry);
    join(entry.previous, entry.next);
    join(entry, entry);
    return isIn;
  }

  @SuppressWarnings("ReferenceEquality") // a link is itself and no other
  private static boolean isInRing(Link link) {
    return link.next != link;
  }

  /** Takes out all entries of the spans that are over at {@code until}. */
  synchronized List<NearEntry> takeUntil(long until) {
    long span = Math.floorDiv(until, spanNanos);
    List<NearEntry> taken = new ArrayList<>();
    SortedMap<Long, Link> over = buckets.headMap(span);
    for (Link ring : over.values()) {
      while (ring.next instanceof NearEntry entry) {
        var _ = remove(entry);
        taken.add(entry);
      }
    }
    over.clear();
    open = Math.max(open, span);
    return taken;
  }

  private static void join(Link first, Link second) {
    first.next = second;
    second.previous = first;
  }
}
