package io.papi.http.connection;

import io.papi.lookup.Ticker;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Predicate;

/**
 * Finds the connection that has been idle longest. Of one thread.
 *
 * <p>One look at all connections finds several of them. They are then taken one after the other, as
 * long as they are still idle: any that became idle since have been so for a shorter time. So at
 * the limit a new connection costs a few visits, not one to every connection. If a look found all
 * that are idle, the next look comes a little later, so that a flood of new connections does not
 * make it look all the time.
 */
final class LongestIdle {
  private static final Duration PAUSE = Duration.ofMillis(10);

  private final Collection<WatchedConnection> connections;
  private final int batch;
  private final Ticker ticker;
  private final Deque<Idle> found = new ArrayDeque<>();
  private long nextLook;

  /**
   * A connection that was found idle.
   *
   * @param connection weak, because it may end long before its turn comes
   */
  private record Idle(WeakReference<WatchedConnection> connection, long since) {

    Optional<WatchedConnection> ifStill() {
      return Optional.ofNullable(connection.get()).filter(one -> one.isIdleSince(since));
    }
  }

  /**
   * @param batch how many connections one look finds at most
   */
  LongestIdle(Collection<WatchedConnection> connections, int batch, Ticker ticker) {
    this.connections = connections;
    this.batch = batch;
    this.ticker = ticker;
    this.nextLook = ticker.nanos();
  }

  /** The connection that has been idle longest, of those that {@code claim} accepts. */
  Optional<WatchedConnection> take(Predicate<WatchedConnection> claim) {
    Optional<WatchedConnection> taken = takeFound(claim);
    if (taken.isEmpty() && ticker.nanos() - nextLook >= 0) {
      look();
      taken = takeFound(claim);
    }
    return taken;
  }

  private Optional<WatchedConnection> takeFound(Predicate<WatchedConnection> claim) {
    for (Idle next = found.poll(); next != null; next = found.poll()) {
      Optional<WatchedConnection> claimed = next.ifStill().filter(claim);
      if (claimed.isPresent()) {
        return claimed;
      }
    }
    return Optional.empty();
  }

  private void look() {
    PriorityQueue<Idle> shortestFirst =
        new PriorityQueue<>(batch + 1, (a, b) -> Long.signum(b.since() - a.since()));
    for (WatchedConnection connection : connections) {
      long since = connection.idleSince();
      if (since != 0) {
        shortestFirst.add(new Idle(new WeakReference<>(connection), since));
        if (shortestFirst.size() > batch) {
          shortestFirst.remove();
        }
      }
    }
    boolean wereAll = shortestFirst.size() < batch;
    while (!shortestFirst.isEmpty()) {
      found.addFirst(shortestFirst.remove());
    }
    nextLook = ticker.nanos() + (wereAll ? PAUSE.toNanos() : 0);
  }
}
