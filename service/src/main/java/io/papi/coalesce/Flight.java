package io.papi.coalesce;

import io.papi.lookup.Deadline;
import io.papi.lookup.Key;
import io.papi.lookup.Need;
import io.papi.lookup.Outcome;
import java.util.concurrent.CompletableFuture;

/**
 * The load of one key, waiting for a lane or under way. Guarded by its owner's lock, but for {@link
 * #landed}.
 */
final class Flight {
  private final Key key;
  private final CompletableFuture<Outcome> landed = new CompletableFuture<>();
  private Deadline lastDeadline;
  private boolean sent;
  private long sentAt;

  Flight(Key key, Deadline deadline) {
    this.key = key;
    this.lastDeadline = deadline;
  }

  Key key() {
    return key;
  }

  /** Completed once, on every path. */
  CompletableFuture<Outcome> landed() {
    return landed;
  }

  /** Whether its outcome will be young enough for {@code need}, and soon enough to wait for. */
  boolean serves(Need need, long now, long joinForNanos) {
    return !sent || (need.isMetBy(sentAt) && now - sentAt < joinForNanos);
  }

  void join(Deadline deadline) {
    if (lastDeadline.remaining(deadline.at()) < 0) {
      lastDeadline = deadline;
    }
  }

  /** Whether nobody waits for it any more. */
  boolean isForsaken(long now) {
    return lastDeadline.remaining(now) <= 0;
  }

  boolean isSent() {
    return sent;
  }

  /** When it was sent, a reading of the ticker. */
  long sentAt() {
    return sentAt;
  }

  void send(long now) {
    sent = true;
    sentAt = now;
  }
}
