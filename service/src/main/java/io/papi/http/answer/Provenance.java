package io.papi.http.answer;

import io.papi.lookup.Origin;
import io.papi.lookup.Origin.Layer;
import io.papi.lookup.Origin.Visit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Where the rows of one answer came from, as headers say it: {@code Cache-Status} (RFC 9211), one
 * member for each cache asked, nearest to the store first, and {@code Server-Timing}.
 *
 * <p>Made for one answer by one thread.
 */
final class Provenance {
  /** Characters of a usual header. */
  private static final int ROOM = 64;

  private final Map<Layer, Tally> tallies = new EnumMap<>(Layer.class);
  private boolean joined;

  /**
   * Fresh rows from the near cache. Most rows are, so they enter the tallies only when those are
   * read.
   */
  private int nearHits;

  /** What one layer did for an answer. */
  private static final class Tally {
    private int asked;
    private int answered;
    private long nanos;
    private long ttlSeconds;
  }

  /**
   * Adds the layers that one row came through.
   *
   * @param ttlSeconds how much longer it is fresh; negative for a stale one
   */
  void add(Origin origin, long ttlSeconds) {
    List<Visit> visits = origin.visits();
    if (ttlSeconds >= 0 && visits.size() == 1 && origin.layer() == Layer.NEAR) {
      nearHits++;
      return;
    }
    for (int i = 0; i < visits.size(); i++) {
      Visit visit = visits.get(i);
      Tally tally = tally(visit.layer());
      tally.asked++;
      tally.nanos = Math.max(tally.nanos, visit.nanos());
      joined |= visit.joined();
      if (i == visits.size() - 1) {
        tally.answered++;
        // The store has no member of its own: the cache in front of it speaks for it.
        boolean spokenFor = visit.layer() == Layer.STORE && i > 0;
        Tally speaker = spokenFor ? tally(visits.get(i - 1).layer()) : tally;
        speaker.ttlSeconds = Math.min(speaker.ttlSeconds, ttlSeconds);
      }
    }
  }

  /** Whether all rows were held by the near cache, and fresh. */
  boolean isNearHit() {
    return tallies.isEmpty();
  }

  String cacheStatus() {
    settle();
    StringBuilder members = new StringBuilder(ROOM);
    boolean nearestToStore = true;
    for (Layer layer : List.of(Layer.REDIS, Layer.NEAR)) {
      Tally tally = tallies.get(layer);
      if (tally == null) {
        continue;
      }
      members.append(nearestToStore ? "" : ", ").append(name(layer));
      if (tally.answered == tally.asked) {
        members.append("; hit");
      } else {
        members.append("; fwd=miss");
        if (joined && nearestToStore) {
          members.append("; collapsed");
        }
        if (tally.answered > 0) {
          members.append("; detail=\"").append(tally.answered).append('/').append(tally.asked);
          members.append('"');
        }
      }
      if (tally.ttlSeconds < 0) {
        members.append("; ttl=").append(tally.ttlSeconds);
      }
      nearestToStore = false;
    }
    return members.toString();
  }

  String serverTiming() {
    settle();
    StringBuilder metrics = new StringBuilder(ROOM);
    tallies.forEach(
        (layer, tally) -> {
          if (layer != Layer.NEAR || tallies.size() == 1) {
            metrics.append(metrics.isEmpty() ? "" : ", ").append(name(layer));
            metrics.append(";dur=").append(TimeUnit.NANOSECONDS.toMicros(tally.nanos) / 1_000.0);
          }
        });
    return metrics.toString();
  }

  private void settle() {
    if (nearHits > 0) {
      Tally near = tally(Layer.NEAR);
      near.asked += nearHits;
      near.answered += nearHits;
      nearHits = 0;
    }
  }

  private Tally tally(Layer layer) {
    return tallies.computeIfAbsent(layer, _ -> new Tally());
  }

  private static String name(Layer layer) {
    return switch (layer) {
      case NEAR -> "near";
      case REDIS -> "redis";
      case STORE -> "store";
    };
  }
}
