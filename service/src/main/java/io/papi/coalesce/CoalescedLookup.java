package io.papi.coalesce;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.papi.lookup.Deadline;
import io.papi.lookup.Invalidator;
import io.papi.lookup.Key;
import io.papi.lookup.Loader;
import io.papi.lookup.Lookup;
import io.papi.lookup.Need;
import io.papi.lookup.Outcome;
import io.papi.lookup.Outcome.Reason;
import io.papi.lookup.Outcome.Unavailable;
import io.papi.lookup.Shelf;
import io.papi.lookup.Ticker;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lookup that has each key loaded once, however many callers want it, and many keys at a time.
 *
 * <p>Thread-safe. A caller's deadline ends its wait, never the load; what a load brings is put on
 * the shelf whether or not somebody still waits.
 */
public final class CoalescedLookup implements Lookup, Invalidator, AutoCloseable {
  /*
   * A key that nobody loads yet becomes a flight. Flights wait in a line until one of a fixed number
   * of lanes is free; a free lane takes all that wait, up to a batch's size, so that load makes
   * batches grow and an idle store answers at once: there is no timed window. The line is fair
   * (FairQueue): a caller with one key waits behind few, however many keys others ask for.
   *
   * One lock (in Flights) guards flights, line and the count of busy lanes; nothing blocks under it.
   * A flight is found by its key until it has landed, and is joined unless it was sent before the
   * caller's notOlderThan or longer than joinFor ago. Then a replacement takes its place under the
   * key; the old one still lands for those who joined it, and removes only itself.
   *
   * The order on landing (Lane) is: shelf, then flights, then waiters. A caller who missed the caches
   * just before the shelf was filled finds no flight, but looks at the shelf again under the lock,
   * before it begins a new one. So a key that is asked a thousand times at once is loaded once.
   *
   * To invalidate a key, the shelf comes first: from then on it refuses what a flight brings that was
   * sent before. Only then are such flights taken out, so that nobody joins one any more.
   *
   * A lookup gets places in the line for all its keys or for none: a caller mostly has no use for a
   * part (WaitingLine). It gets none if the last one would most likely land too late (Forecast), for
   * a line that is longer than callers wait answers nobody; nor if more than maxPending would stand
   * before it. When it gets them and more than maxPending wait, those who would be served last lose
   * theirs.
   *
   * Every flight lands: with what the load brought, as failed if that threw, forsaken if all who
   * waited had gone before it was sent, overloaded if it lost its place, closed if the service closes.
   * A waiter leaves when its flight lands, at its deadline, or when it is interrupted. At the deadline
   * it takes out of the line what nobody waits for any more.
   */
  private static final Logger LOG = LoggerFactory.getLogger(CoalescedLookup.class);

  private final String dataset;
  private final Loader loader;
  private final Shelf shelf;
  private final Ticker ticker;
  private final Flights flights;
  private final Counter expiredWaits;

  /**
   * @param dataset the name of what is looked up, in metrics
   * @param layer what is waited for too long, in metrics: lookups and reports are told apart
   */
  public CoalescedLookup(
      String dataset,
      String layer,
      Loader loader,
      Shelf shelf,
      CoalesceSettings settings,
      MeterRegistry meters,
      Ticker ticker) {
    this.dataset = dataset;
    this.loader = loader;
    this.shelf = shelf;
    this.ticker = ticker;
    this.flights = new Flights(dataset, shelf, settings, meters, ticker, this::startLane);
    Gauge.builder("papi.store.connections.max", settings, CoalesceSettings::lanes)
        .description("The most statements at once")
        .tag("dataset", dataset)
        .strongReference(true)
        .register(meters);
    this.expiredWaits =
        Counter.builder("papi.deadline.exceeded")
            .description("Ids whose caller could wait no longer")
            .tag("layer", layer)
            .register(meters);
  }

  private void startLane(List<Flight> first) {
    Thread.ofVirtual().name("store-lane").start(new Lane(flights, loader, shelf, first));
  }

  @Override
  public Map<Key, Outcome> find(Set<Key> keys, Need need) {
    Waiter waiter = new Waiter(need, ticker.nanos(), keys.size());
    flights.board(keys, waiter).ifPresent(warning -> LOG.warn("dataset {}: {}", dataset, warning));
    Map<Key, Outcome> outcomes = waiter.await(ticker, expiredWaits);
    if (outcomes.containsValue(new Unavailable(Reason.DEADLINE))) {
      flights.leave(waiter.flights());
    }
    return outcomes;
  }

  @Override
  public boolean invalidate(Set<Key> keys, Deadline deadline) {
    boolean gone = shelf.invalidate(keys, deadline);
    flights.endJoining(keys);
    return gone;
  }

  /** Turns away new callers and those whose load has not been sent; loads under way go on. */
  @Override
  public void close() {
    flights.close();
  }

  @Override
  public String toString() {
    return "coalesced(" + loader + ")";
  }
}
