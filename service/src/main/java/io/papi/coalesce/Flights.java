package io.papi.coalesce;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.papi.lookup.Key;
import io.papi.lookup.Need;
import io.papi.lookup.Origin;
import io.papi.lookup.Origin.Layer;
import io.papi.lookup.Outcome;
import io.papi.lookup.Outcome.Known;
import io.papi.lookup.Outcome.Reason;
import io.papi.lookup.Outcome.Unavailable;
import io.papi.lookup.Shelf;
import io.papi.lookup.Ticker;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The flights of a dataset, from the moment at which a caller asks until they land: who joins one,
 * who begins one, and which of them a free lane takes. Thread-safe.
 *
 * <p>Its one lock guards all that changes, the flights themselves included, and nothing blocks
 * under it.
 */
final class Flights {
  private final Shelf shelf;
  private final CoalesceSettings settings;
  private final Ticker ticker;
  private final Consumer<List<Flight>> lanes;
  private final long joinForNanos;
  private final Counter joinedKeys;

  private final ReentrantLock lock = new ReentrantLock();

  /** By its key, the flight of it that a caller may join. */
  @GuardedBy("lock")
  private final Map<Key, Flight> joinable = new HashMap<>();

  @GuardedBy("lock")
  private final WaitingLine line;

  @GuardedBy("lock")
  private int busyLanes;

  @GuardedBy("lock")
  private boolean closed;

  /**
   * @param lanes starts a lane with its first batch; called under the lock, so it must not block
   */
  Flights(
      String dataset,
      Shelf shelf,
      CoalesceSettings settings,
      MeterRegistry meters,
      Ticker ticker,
      Consumer<List<Flight>> lanes) {
    this.shelf = shelf;
    this.settings = settings;
    this.ticker = ticker;
    this.lanes = lanes;
    this.joinForNanos = settings.joinFor().toNanos();
    this.line = new WaitingLine(settings, meters);
    this.joinedKeys =
        Counter.builder("papi.lookup.joined")
            .description("Ids that shared another caller's load")
            .tag("dataset", dataset)
            .register(meters);
  }

  /**
   * Gives {@code waiter} a seat or an outcome for each of {@code keys}.
   *
   * @return what is to be logged of those who were turned away, if it is time
   */
  Optional<String> board(Set<Key> keys, Waiter waiter) {
    lock.lock();
    try {
      List<Key> unseated = new ArrayList<>(keys.size());
      for (Key key : keys) {
        if (!joins(key, waiter)) {
          unseated.add(key);
        }
      }
      begin(unseated, waiter);
      startLanes(waiter.start());
      return line.warning(waiter.start());
    } finally {
      lock.unlock();
    }
  }

  /** Whether there is a flight or an outcome for {@code key} already. */
  @GuardedBy("lock")
  private boolean joins(Key key, Waiter waiter) {
    Need need = waiter.need();
    Flight flight = joinable.get(key);
    if (flight != null && flight.serves(need, waiter.start(), joinForNanos)) {
      flight.join(need.deadline());
      line.share(need.requester(), flight);
      waiter.joins(flight);
      joinedKeys.increment();
      return true;
    }
    Known justLanded = shelf.peek(key, need).orElse(null);
    if (justLanded != null) {
      waiter.has(key, justLanded.from(Origin.joined(Layer.STORE, 0)));
      joinedKeys.increment();
      return true;
    }
    return false;
  }

  /** Begins a flight for each of {@code keys}, or tells the waiter why there is none. */
  @GuardedBy("lock")
  private void begin(List<Key> keys, Waiter waiter) {
    if (keys.isEmpty()) {
      return;
    }
    Need need = waiter.need();
    boolean isLaneIdle = busyLanes < settings.lanes();
    int room = closed ? 0 : line.room(keys.size(), need, isLaneIdle, waiter.start());
    if (room > 0 && !need.budget().take(room)) {
      keys.forEach(key -> waiter.has(key, new Unavailable(Reason.OVER_BUDGET)));
      return;
    }
    for (Key key : keys.subList(0, room)) {
      Flight own = new Flight(key, need.deadline());
      joinable.put(key, own);
      line.add(need.requester(), own);
      waiter.begins(own);
    }
    Outcome none = new Unavailable(closed ? Reason.CLOSED : Reason.OVERLOADED);
    for (Key key : keys.subList(room, keys.size())) {
      waiter.has(key, none);
    }
    if (!closed) {
      line.countRefused(keys.size() - room, need.priority());
      for (Flight evicted : line.evictExcess()) {
        landUnsent(evicted, Reason.OVERLOADED);
      }
    }
  }

  /** Ends a flight that has been taken out of the line. */
  @GuardedBy("lock")
  private void landUnsent(Flight flight, Reason reason) {
    joinable.remove(flight.key(), flight);
    flight.landed().complete(new Unavailable(reason));
  }

  /** Takes out of the line those of {@code left} for which nobody waits any more. */
  void leave(Collection<Flight> left) {
    lock.lock();
    try {
      long now = ticker.nanos();
      for (Flight flight : left) {
        if (flight.isForsaken(now) && line.remove(flight)) {
          landUnsent(flight, Reason.DEADLINE);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private void startLanes(long now) {
    while (busyLanes < settings.lanes() && !line.isEmpty()) {
      List<Flight> batch = takeBatch(now);
      if (!batch.isEmpty()) {
        busyLanes++;
        lanes.accept(batch);
      }
    }
  }

  @GuardedBy("lock")
  private List<Flight> takeBatch(long now) {
    List<Flight> batch = new ArrayList<>();
    while (batch.size() < settings.maxBatch() && !line.isEmpty()) {
      Flight flight = line.next();
      if (flight.isForsaken(now)) {
        landUnsent(flight, Reason.DEADLINE);
      } else {
        flight.send(now);
        batch.add(flight);
      }
    }
    if (!batch.isEmpty()) {
      line.sent(now);
    }
    return batch;
  }

  /** What a lane that has done its load is to load next; empty if nothing waits. */
  List<Flight> nextBatch() {
    lock.lock();
    try {
      return takeBatch(ticker.nanos());
    } finally {
      lock.unlock();
    }
  }

  /** A lane has ended. */
  void freeLane() {
    lock.lock();
    try {
      busyLanes--;
      startLanes(ticker.nanos());
    } finally {
      lock.unlock();
    }
  }

  /** Lands the flights of a load; those without an outcome have failed. */
  void land(List<Flight> batch, Map<Key, Outcome> outcomes) {
    lock.lock();
    try {
      for (Flight flight : batch) {
        joinable.remove(flight.key(), flight);
      }
      line.landed(batch.getFirst().sentAt(), ticker.nanos());
    } finally {
      lock.unlock();
    }
    Outcome failed = new Unavailable(Reason.STORE_FAILED);
    for (Flight flight : batch) {
      flight.landed().complete(outcomes.getOrDefault(flight.key(), failed));
    }
  }

  /** From now on nobody joins a flight of {@code keys} that has been sent already. */
  void endJoining(Set<Key> keys) {
    lock.lock();
    try {
      for (Key key : keys) {
        Flight flight = joinable.get(key);
        if (flight != null && flight.isSent()) {
          joinable.remove(key);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Turns away new callers and those whose load has not been sent; loads under way go on. */
  void close() {
    lock.lock();
    try {
      closed = true;
      for (Flight flight : line.clear()) {
        landUnsent(flight, Reason.CLOSED);
      }
    } finally {
      lock.unlock();
    }
  }
}
