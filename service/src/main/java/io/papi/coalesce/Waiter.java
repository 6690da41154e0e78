package io.papi.coalesce;

import io.micrometer.core.instrument.Counter;
import io.papi.lookup.Key;
import io.papi.lookup.Need;
import io.papi.lookup.Origin;
import io.papi.lookup.Origin.Layer;
import io.papi.lookup.Outcome;
import io.papi.lookup.Outcome.Known;
import io.papi.lookup.Outcome.Reason;
import io.papi.lookup.Outcome.Unavailable;
import io.papi.lookup.Ticker;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One lookup on its way: its seats in flights, and the outcomes that it need not wait for. Of the
 * caller's thread alone.
 */
final class Waiter {
  private final Need need;
  private final long start;
  private final List<Seat> seats;
  private final Map<Key, Outcome> outcomes;

  /**
   * A share in a flight.
   *
   * @param joined whether another caller began the flight
   */
  private record Seat(Flight flight, boolean joined) {}

  /**
   * @param start when the lookup began, a reading of the ticker
   * @param keys how many it asks for
   */
  Waiter(Need need, long start, int keys) {
    this.need = need;
    this.start = start;
    this.seats = new ArrayList<>(keys);
    this.outcomes = HashMap.newHashMap(keys);
  }

  Need need() {
    return need;
  }

  long start() {
    return start;
  }

  /** Waits for a flight that another caller began. */
  void joins(Flight flight) {
    seats.add(new Seat(flight, true));
  }

  /** Waits for a flight of its own. */
  void begins(Flight flight) {
    seats.add(new Seat(flight, false));
  }

  /** Need not wait for {@code key}. */
  void has(Key key, Outcome outcome) {
    outcomes.put(key, outcome);
  }

  /** The flights that it waits for. */
  List<Flight> flights() {
    return seats.stream().map(Seat::flight).toList();
  }

  /**
   * Waits until all flights have landed, or until the deadline.
   *
   * @param expired counts the keys whose flights had not landed by then
   * @return an outcome for every key asked
   */
  Map<Key, Outcome> await(Ticker ticker, Counter expired) {
    for (Seat seat : seats) {
      outcomes.put(seat.flight().key(), await(seat, ticker, expired));
    }
    return outcomes;
  }

  private Outcome await(Seat seat, Ticker ticker, Counter expired) {
    try {
      long left = Math.max(0, need.deadline().remaining(ticker.nanos()));
      Outcome outcome = seat.flight().landed().get(left, TimeUnit.NANOSECONDS);
      if (outcome instanceof Known known) {
        long waited = ticker.nanos() - start;
        return known.from(
            seat.joined() ? Origin.joined(Layer.STORE, waited) : Origin.of(Layer.STORE, waited));
      }
      return outcome;
    } catch (TimeoutException e) {
      expired.increment();
      return new Unavailable(Reason.DEADLINE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Unavailable(Reason.CLOSED);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a flight never lands exceptionally", e);
    }
  }
}
