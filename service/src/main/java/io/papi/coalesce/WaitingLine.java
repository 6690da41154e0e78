package io.papi.coalesce;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.papi.lookup.Need;
import io.papi.lookup.Need.Priority;
import io.papi.lookup.Requester;
import io.papi.reporting.Rejected;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The flights that wait for a lane, and the rules by which they get and lose their places. Guarded
 * by its owner's lock.
 */
final class WaitingLine {
  private final int maxPending;
  private final Counter refusedKeys;
  private final Counter evictedKeys;
  private final FairQueue<Flight> queue = new FairQueue<>();
  private final Forecast forecast;
  private final TurnedAway turnedAway = new TurnedAway();

  WaitingLine(CoalesceSettings settings, MeterRegistry meters) {
    this.maxPending = settings.maxPending();
    this.refusedKeys = Rejected.counter("pending", meters);
    this.evictedKeys = Rejected.counter("evicted", meters);
    this.forecast = new Forecast(settings);
  }

  /**
   * How many of {@code count} keys get a place: of a caller's all or none, of a refresh's as many
   * as there is room for while a lane is idle.
   */
  int room(int count, Need need, boolean isLaneIdle, long now) {
    return switch (need.priority()) {
      case CALLER -> {
        int ahead = queue.ahead(need.requester(), count);
        boolean fits = ahead < maxPending;
        long left = need.deadline().remaining(now);
        yield fits && forecast.isInTime(ahead, count, left, now) ? count : 0;
      }
      case REFRESH -> isLaneIdle ? Math.clamp(maxPending - queue.size(), 0, count) : 0;
    };
  }

  void countRefused(int count, Priority priority) {
    refusedKeys.increment(count);
    switch (priority) {
      case CALLER -> turnedAway.refused(count);
      case REFRESH -> {}
    }
  }

  /** Adds a flight that has a place. */
  void add(Requester requester, Flight flight) {
    queue.add(requester, flight);
  }

  /** {@code requester} waits for {@code flight} too, if that still waits. */
  void share(Requester requester, Flight flight) {
    queue.share(requester, flight);
  }

  boolean isEmpty() {
    return queue.isEmpty();
  }

  /** Takes the flight whose turn it is, of those that wait. */
  Flight next() {
    return queue.poll().orElseThrow();
  }

  /** Whether {@code flight} waited, and does not any more. */
  boolean remove(Flight flight) {
    return queue.remove(flight);
  }

  /**
   * Takes out as many as are too many, those who would be served last: whoever was let in last
   * stands before them.
   */
  List<Flight> evictExcess() {
    List<Flight> all = new ArrayList<>();
    while (queue.size() > maxPending) {
      List<Flight> evicted = queue.evict();
      all.addAll(evicted);
      evictedKeys.increment(evicted.size());
      turnedAway.evicted(evicted.size());
    }
    return all;
  }

  /** Takes out all. */
  List<Flight> clear() {
    return queue.clear();
  }

  /** A load has been sent. */
  void sent(long now) {
    forecast.sent(now);
  }

  /** The load that was sent at {@code sentAt} has landed. */
  void landed(long sentAt, long now) {
    forecast.landed(sentAt, now);
  }

  /** What is to be logged of those who were turned away, if it is time. */
  Optional<String> warning(long now) {
    return turnedAway.due(now, queue);
  }
}
