package io.papi.coalesce;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.papi.lookup.Deadline;
import io.papi.lookup.Invalidator;
import io.papi.lookup.Key;
import io.papi.lookup.Lookup;
import io.papi.lookup.Need;
import io.papi.lookup.Need.Priority;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lookup that asks the next one for each key once, however many callers want it, and for many
 * keys at a time.
 *
 * <p>Thread-safe. A caller's deadline ends its wait, never the load; what a load brings is put on
 * the shelf whether or not somebody still waits.
 */
public final class CoalescedLookup implements Lookup, Invalidator, AutoCloseable {
  /*
   * A key that nobody loads yet becomes a flight. Flights wait in a queue until one of a fixed
   * number of lanes is free; a free lane takes all that wait, up to a batch's size, so that load
   * makes batches grow and an idle store answers at once: there is no timed window. The queue is
   * fair (FairQueue): who asks for one key waits behind few, however many keys others ask for.
   *
   * One lock guards flights, queue and the count of busy lanes; nothing blocks under it. A flight is
   * found by its key until it has landed, and is joined unless it was sent before the caller's
   * notOlderThan or longer than joinFor ago. Then a replacement takes its place under the key; the
   * old one still lands for those who joined it, and removes only itself.
   *
   * The order on landing is: shelf, then flights, then waiters. A caller who missed the caches just
   * before the shelf was filled finds no flight, but looks at the shelf again under the lock, before
   * it begins a new one. So a key that is asked a thousand times at once is loaded once.
   *
   * To invalidate a key, the shelf comes first: from then on it refuses what a flight brings that was sent
   * before. Only then are such flights taken out, so that nobody joins one any more.
   *
   * A lookup gets places for all its keys or for none: a caller mostly has no use for a part. It
   * gets none if the last one would most likely land too late (Forecast), for a queue that is longer
   * than callers wait answers nobody; nor if more than maxPending would stand before it. When it
   * gets them and more than maxPending wait, those who would be served last lose theirs.
   *
   * Every flight lands: with what the next lookup said, as failed if that threw, forsaken if all who
   * waited had gone before it was sent, overloaded if it lost its place, closed if the service closes.
   * A waiter leaves when its flight lands, at its deadline, or when it is interrupted. At the deadline
   * it takes out of the queue what nobody waits for any more.
   */
  private static final Logger LOG = LoggerFactory.getLogger(CoalescedLookup.class);

  private final String dataset;
  private final Lookup next;
  private final Shelf shelf;
  private final CoalesceSettings settings;
  private final Ticker ticker;
  private final long joinForNanos;
  private final Counter joinedKeys;
  private final Counter refusedKeys;
  private final Counter evictedKeys;
  private final Counter expiredWaits;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Key, Flight> flights = new HashMap<>();
  private final FairQueue<Flight> queue = new FairQueue<>();
  private final TurnedAway turnedAway = new TurnedAway();
  private final Forecast forecast;
  private int busyLanes;
  private boolean closed;

  /** A caller's share in a flight. */
  private record Seat(Flight flight, boolean joined) {}

  public CoalescedLookup(
      String dataset,
      Lookup next,
      Shelf shelf,
      CoalesceSettings settings,
      MeterRegistry meters,
      Ticker ticker) {
    this.dataset = dataset;
    this.next = next;
    this.shelf = shelf;
    this.settings = settings;
    this.ticker = ticker;
    this.joinForNanos = settings.joinFor().toNanos();
    this.forecast = new Forecast(settings);
    this.joinedKeys =
        Counter.builder("papi.lookup.joined")
            .description("Ids that shared another caller's load")
            .tag("dataset", dataset)
            .register(meters);
    this.refusedKeys = rejected("pending", meters);
    this.evictedKeys = rejected("evicted", meters);
    this.expiredWaits =
        Counter.builder("papi.deadline.exceeded")
            .description("Ids whose caller could wait no longer")
            .tag("layer", "store")
            .register(meters);
  }

  private static Counter rejected(String reason, MeterRegistry meters) {
    return Counter.builder("papi.rejected")
        .description("Ids that were turned away at a bound")
        .tag("reason", reason)
        .register(meters);
  }

  @Override
  public Map<Key, Outcome> find(Set<Key> keys, Need need) {
    long start = ticker.nanos();
    Map<Key, Outcome> outcomes = HashMap.newHashMap(keys.size());
    Map<Key, Seat> seats = HashMap.newHashMap(keys.size());
    Optional<String> warning;
    lock.lock();
    try {
      List<Key> unseated = new ArrayList<>(keys.size());
      for (Key key : keys) {
        if (!joins(key, need, start, seats, outcomes)) {
          unseated.add(key);
        }
      }
      board(unseated, need, start, seats, outcomes);
      startLanes(start);
      warning = turnedAway.due(start, queue);
    } finally {
      lock.unlock();
    }
    warning.ifPresent(text -> LOG.warn("dataset {}: {}", dataset, text));
    seats.forEach((key, seat) -> outcomes.put(key, await(seat, need.deadline(), start)));
    if (outcomes.containsValue(new Unavailable(Reason.DEADLINE))) {
      leave(seats.values());
    }
    return outcomes;
  }

  /** Whether there is a flight or an outcome for {@code key} already. */
  private boolean joins(
      Key key, Need need, long now, Map<Key, Seat> seats, Map<Key, Outcome> outcomes) {
    Flight flight = flights.get(key);
    if (flight != null && flight.serves(need, now, joinForNanos)) {
      flight.join(need.deadline());
      queue.share(need.requester(), flight);
      seats.put(key, new Seat(flight, true));
      joinedKeys.increment();
      return true;
    }
    Known justLanded = shelf.peek(key, need).orElse(null);
    if (justLanded != null) {
      outcomes.put(key, justLanded.from(Origin.joined(Layer.STORE, 0)));
      joinedKeys.increment();
      return true;
    }
    return false;
  }

  /** Finds {@code keys} a seat each in a flight of their own, or says why there is none. */
  private void board(
      List<Key> keys, Need need, long now, Map<Key, Seat> seats, Map<Key, Outcome> outcomes) {
    if (keys.isEmpty()) {
      return;
    }
    int room = closed ? 0 : room(keys.size(), need, now);
    for (Key key : keys.subList(0, room)) {
      Flight own = new Flight(key, need.deadline());
      flights.put(key, own);
      queue.add(need.requester(), own);
      seats.put(key, new Seat(own, false));
    }
    Outcome none = new Unavailable(closed ? Reason.CLOSED : Reason.OVERLOADED);
    for (Key key : keys.subList(room, keys.size())) {
      outcomes.put(key, none);
    }
    if (!closed) {
      countRefused(keys.size() - room, need.priority());
      evictExcess();
    }
  }

  /** How many of {@code count} keys get a place: of a caller's all or none. */
  private int room(int count, Need need, long now) {
    return switch (need.priority()) {
      case CALLER -> {
        int ahead = queue.ahead(need.requester(), count);
        boolean fits = ahead < settings.maxPending();
        long left = need.deadline().remaining(now);
        yield fits && forecast.isInTime(ahead, count, left, now) ? count : 0;
      }
      case REFRESH ->
          busyLanes < settings.lanes()
              ? Math.clamp(settings.maxPending() - queue.size(), 0, count)
              : 0;
    };
  }

  private void countRefused(int count, Priority priority) {
    refusedKeys.increment(count);
    switch (priority) {
      case CALLER -> turnedAway.refused(count);
      case REFRESH -> {}
    }
  }

  /** Has no more wait than may. What it takes out stands behind whoever was let in last. */
  private void evictExcess() {
    while (queue.size() > settings.maxPending()) {
      List<Flight> evicted = queue.evict();
      for (Flight flight : evicted) {
        landUnsent(flight, Reason.OVERLOADED);
      }
      evictedKeys.increment(evicted.size());
      turnedAway.evicted(evicted.size());
    }
  }

  /** Ends a flight that has been taken out of the queue. */
  private void landUnsent(Flight flight, Reason reason) {
    flights.remove(flight.key(), flight);
    flight.landed().complete(new Unavailable(reason));
  }

  /** Takes out of the queue those of the flights for which nobody waits any more. */
  private void leave(Collection<Seat> seats) {
    lock.lock();
    try {
      long now = ticker.nanos();
      for (Seat seat : seats) {
        if (seat.flight().isForsaken(now) && queue.remove(seat.flight())) {
          landUnsent(seat.flight(), Reason.DEADLINE);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private void startLanes(long now) {
    while (busyLanes < settings.lanes() && !queue.isEmpty()) {
      List<Flight> batch = takeBatch(now);
      if (!batch.isEmpty()) {
        busyLanes++;
        Thread.ofVirtual().name("store-lane").start(() -> runLane(batch));
      }
    }
  }

  private List<Flight> takeBatch(long now) {
    List<Flight> batch = new ArrayList<>(Math.min(queue.size(), settings.maxBatch()));
    while (batch.size() < settings.maxBatch() && !queue.isEmpty()) {
      Flight flight = queue.poll().orElseThrow();
      if (flight.isForsaken(now)) {
        landUnsent(flight, Reason.DEADLINE);
      } else {
        flight.send(now);
        batch.add(flight);
      }
    }
    if (!batch.isEmpty()) {
      forecast.sent(now);
    }
    return batch;
  }

  private void runLane(List<Flight> first) {
    List<Flight> batch = first;
    boolean loading = true;
    try {
      while (loading) {
        load(batch);
        lock.lock();
        try {
          batch = takeBatch(ticker.nanos());
          loading = !batch.isEmpty();
        } finally {
          lock.unlock();
        }
      }
    } finally {
      lock.lock();
      try {
        busyLanes--;
        startLanes(ticker.nanos());
      } finally {
        lock.unlock();
      }
    }
  }

  private void load(List<Flight> batch) {
    Map<Key, Flight> byKey = LinkedHashMap.newLinkedHashMap(batch.size());
    for (Flight flight : batch) {
      byKey.put(flight.key(), flight);
    }
    Map<Key, Outcome> outcomes = Map.of();
    try {
      long now = ticker.nanos();
      outcomes = next.find(byKey.keySet(), new Need(now, now, new Deadline(now + Long.MAX_VALUE)));
      keep(outcomes);
    } catch (RuntimeException e) {
      LOG.error("a load of {} keys failed unexpectedly", batch.size(), e);
    } finally {
      land(batch, outcomes);
    }
  }

  private void keep(Map<Key, Outcome> outcomes) {
    Map<Key, Known> known = HashMap.newHashMap(outcomes.size());
    outcomes.forEach(
        (key, outcome) -> {
          if (outcome instanceof Known value) {
            known.put(key, value);
          }
        });
    shelf.keep(known);
  }

  private void land(List<Flight> batch, Map<Key, Outcome> outcomes) {
    lock.lock();
    try {
      for (Flight flight : batch) {
        flights.remove(flight.key(), flight);
      }
      forecast.landed(batch.getFirst().sentAt(), ticker.nanos());
    } finally {
      lock.unlock();
    }
    Outcome failed = new Unavailable(Reason.STORE_FAILED);
    for (Flight flight : batch) {
      flight.landed().complete(outcomes.getOrDefault(flight.key(), failed));
    }
  }

  private Outcome await(Seat seat, Deadline deadline, long start) {
    try {
      long left = Math.max(0, deadline.remaining(ticker.nanos()));
      Outcome outcome = seat.flight().landed().get(left, TimeUnit.NANOSECONDS);
      if (outcome instanceof Known known) {
        long waited = ticker.nanos() - start;
        return known.from(
            seat.joined() ? Origin.joined(Layer.STORE, waited) : Origin.of(Layer.STORE, waited));
      }
      return outcome;
    } catch (TimeoutException e) {
      expiredWaits.increment();
      return new Unavailable(Reason.DEADLINE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Unavailable(Reason.CLOSED);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a flight never lands exceptionally", e);
    }
  }

  @Override
  public boolean invalidate(Set<Key> keys, Deadline deadline) {
    boolean gone = shelf.invalidate(keys, deadline);
    lock.lock();
    try {
      for (Key key : keys) {
        Flight flight = flights.get(key);
        if (flight != null && flight.isSent()) {
          flights.remove(key);
        }
      }
    } finally {
      lock.unlock();
    }
    return gone;
  }

  /** Turns away new callers and those whose load has not been sent; loads under way go on. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      for (Flight flight : queue.clear()) {
        landUnsent(flight, Reason.CLOSED);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public String toString() {
    return "coalesced(" + next + ")";
  }
}
