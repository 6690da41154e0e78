package io.papi.cache.redis;

import static io.papi.cache.redis.Reply.Nothing.FAILED;

import io.papi.lookup.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is to use the connection for reads, and who waits: one reader at a time has the
 * turn, and passes it on to the head of the queue. Thread-safe.
 *
 * <p><b>No wake-up is lost</b>, since everybody who might be the last to look does so in the order
 * that the other side needs: a reader first queues and then tries to take the turn; one who finds
 * nobody to pass it on to first frees the turn and then looks at the queue again. So either the
 * reader gets the turn, or the other sees the reader. Nobody takes the turn past the queue, so each
 * reader is woken once; and it either gets the turn or gives up, never both.
 *
 * <p><b>No timer</b> is set by those who have time enough, since a virtual thread's timer costs
 * more than the wait: whoever has the turn tells them that theirs has passed, and nobody keeps it
 * longer than the timeout. A reader with little time sets one.
 */
final class ReadTurns {
  private final Ticker ticker;
  private final AtomicBoolean taken = new AtomicBoolean();
  private final ConcurrentLinkedQueue<WaitingRead> queue = new ConcurrentLinkedQueue<>();

  ReadTurns(Ticker ticker) {
    this.ticker = ticker;
  }

  /**
   * Waits until {@code read} has the turn, or another reader has answered it, or it gives up.
   *
   * @return null if it has the turn, and must {@link #passOn}
   */
  @Nullable Reply await(WaitingRead read) {
    if (taken.compareAndSet(false, true)) {
      return null;
    }
    queue.add(read);
    if (taken.compareAndSet(false, true)) {
      passOn();
    }
    while (true) {
      if (read.hasTurn()) {
        return null;
      }
      Reply reply = read.reply();
      if (reply != null) {
        return reply;
      }
      long left = read.patient ? Long.MAX_VALUE : read.turnBy.remaining(ticker.nanos());
      if ((left <= 0 || Thread.currentThread().isInterrupted()) && read.giveUp()) {
        queue.remove(read);
        reply = read.reply();
        return reply == null ? FAILED : reply;
      }
      if (read.patient) {
        LockSupport.park(this);
      } else {
        LockSupport.parkNanos(this, left);
      }
    }
  }

  /** Gives the turn to the next who waits for it, or frees it. */
  void passOn() {
    do {
      WaitingRead head;
      while ((head = queue.poll()) != null) {
        if (head.giveTurn()) {
          return;
        }
      }
      taken.set(false);
    } while (!queue.isEmpty() && taken.compareAndSet(false, true));
  }

  /** Takes those from the head of the queue who fit into an exchange with this much room. */
  List<WaitingRead> takeFitting(int room) {
    List<WaitingRead> fitting = new ArrayList<>();
    int left = room;
    WaitingRead head;
    while ((head = queue.peek()) != null && head.weight <= left) {
      // false if its reader gives up at this moment
      if (queue.remove(head)) {
        fitting.add(head);
        left -= head.weight;
      }
    }
    return fitting;
  }

  /** Takes all who wait. */
  List<WaitingRead> takeAll() {
    List<WaitingRead> all = new ArrayList<>();
    WaitingRead head;
    while ((head = queue.poll()) != null) {
      all.add(head);
    }
    return all;
  }

  /** Tells those at the head of the queue whose turn should have come by now that it has passed. */
  void failLate(long now) {
    WaitingRead head;
    while ((head = queue.peek()) != null && head.turnBy.remaining(now) <= 0) {
      if (queue.remove(head)) {
        head.answer(FAILED);
      }
    }
  }
}
