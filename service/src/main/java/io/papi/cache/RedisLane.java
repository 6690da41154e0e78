package io.papi.cache;

import static io.papi.cache.Reply.Nothing.BYPASSED;
import static io.papi.cache.Reply.Nothing.FAILED;

import io.papi.cache.RedisMeters.Operation;
import io.papi.cache.RedisMeters.Result;
import io.papi.cache.Reply.Values;
import io.papi.lookup.Deadline;
import io.papi.lookup.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * All reads of Redis, combined: whoever finds the lane free takes it and reads for all who wait, on
 * one connection. Thread-safe.
 *
 * <p><b>How it works.</b> A reader that finds the lane taken queues its keys and parks. The holder
 * sends its own keys and as many of the queued ones as fit as one MGET, frees the lane, wakes the
 * head of the queue to be the next holder, and tells the others their values. The next batch is
 * whatever queued meanwhile; nobody waits for a batch to fill.
 *
 * <p><b>No wake-up is lost</b>, since everybody who might be the last to look does so in the order
 * that the other side needs: a reader first queues and then tries the lane, a holder first frees
 * the lane and then looks at the queue. So either the reader gets the lane, or the holder sees the
 * reader. A holder wakes one reader alone, the head; where that one gives up instead, it first
 * leaves the queue, then looks whether the lane is free, and if so wakes the next head. A newcomer
 * may take the lane before the woken head does; it will wake the head again.
 *
 * <p><b>No timer</b> is set by those who have time enough, since that of a virtual thread costs
 * more than the wait: the holder tells them that their turn has passed, and no holder keeps the
 * lane longer than the timeout. Who has little time sets one.
 *
 * <p><b>Failure.</b> An exchange takes no longer than the timeout nor than its holder's own
 * deadline. One that fails takes its connection with it and all who wait, for whom it is a miss,
 * never an exception. Until the {@link RedisLink} is open again the lane is by-passed.
 */
final class RedisLane implements AutoCloseable {

  /** Keys that wait to be read; none for the upkeep, which reads nothing but needs the lane. */
  private static final class Ask {
    final byte[][] names;

    /** The room that it takes in an exchange. */
    final int weight;

    final long at;

    /** Until when it waits for its turn. */
    final Deadline turn;

    /** Whether it waits for a holder to say that its turn has passed, and sets no timer. */
    final boolean patient;

    final Thread reader = Thread.currentThread();
    volatile @Nullable Reply reply;

    Ask(byte[][] names, int weight, long at, Deadline turn, boolean patient) {
      this.names = names;
      this.weight = weight;
      this.at = at;
      this.turn = turn;
      this.patient = patient;
    }
  }

  private final RedisLink link;
  private final Ticker ticker;
  private final RedisMeters meters;
  private final int maxKeys;
  private final long timeoutNanos;

  /** The time that a holder must have left. */
  private final long leastNanos;

  private final AtomicBoolean taken = new AtomicBoolean();
  private final ConcurrentLinkedQueue<Ask> queue = new ConcurrentLinkedQueue<>();

  RedisLane(RedisSettings settings, RedisClock clock, Ticker ticker, RedisMeters meters) {
    this.ticker = ticker;
    this.meters = meters;
    this.maxKeys = settings.maxKeys();
    this.timeoutNanos = settings.timeout().toNanos();
    this.leastNanos = timeoutNanos / 10;
    this.link =
        new RedisLink("redis-read", settings, clock, ticker, meters, () -> {}, this::upkeep);
    link.start();
  }

  /** The most keys of one {@link #read}. */
  int maxKeys() {
    return maxKeys;
  }

  /** Whether Redis is asked at all. */
  boolean isOpen() {
    return link.isOpen();
  }

  /**
   * Reads, blocking no longer than the timeout for its turn and the timeout for the exchange, nor
   * past the deadline.
   *
   * <p>One who has less than a tenth of the timeout left does not ask: it would most likely cost
   * all others the connection.
   *
   * @param names at least one, at most {@link #maxKeys}
   */
  Reply read(byte[][] names, Deadline deadline) {
    long now = ticker.nanos();
    if (!link.isOpen()
        || deadline.remaining(now) < leastNanos
        || Thread.currentThread().isInterrupted()) {
      return BYPASSED;
    }
    Deadline turn = deadline.earlier(new Deadline(now + timeoutNanos));
    boolean patient = deadline.remaining(now) >= 2 * timeoutNanos;
    return take(new Ask(names, names.length, deadline.at(), turn, patient));
  }

  @Override
  public void close() {
    link.close();
    fail(drained());
  }

  private void upkeep() {
    // no holder can take it along: it weighs more than any exchange carries
    Deadline turn = new Deadline(ticker.nanos() + 20 * timeoutNanos);
    take(new Ask(new byte[0][], maxKeys + 1, turn.at() + timeoutNanos, turn, false));
  }

  private Reply take(Ask ask) {
    if (taken.compareAndSet(false, true)) {
      return hold(ask);
    }
    queue.add(ask);
    while (true) {
      Reply reply = ask.reply;
      if (reply != null) {
        return reply;
      }
      if (taken.compareAndSet(false, true)) {
        queue.remove(ask);
        reply = ask.reply;
        if (reply == null) {
          return hold(ask);
        }
        free();
        return reply;
      }
      long left = ask.patient ? Long.MAX_VALUE : ask.turn.remaining(ticker.nanos());
      if (left <= 0 || Thread.currentThread().isInterrupted()) {
        queue.remove(ask);
        if (!taken.get()) {
          wakeHead();
        }
        reply = ask.reply;
        return reply == null ? FAILED : reply;
      }
      if (ask.patient) {
        LockSupport.park(this);
      } else {
        LockSupport.parkNanos(this, left);
      }
    }
  }

  /** Reads as the holder of the lane; frees it in any case. */
  private Reply hold(Ask own) {
    List<Ask> batch = new ArrayList<>();
    Optional<List<?>> values = Optional.empty();
    try {
      batch.add(own);
      long left = own.at - ticker.nanos();
      if (left >= leastNanos) {
        addQueued(batch, maxKeys - own.weight);
        values = exchange(batch, Math.min(timeoutNanos, left));
        if (values.isEmpty()) {
          batch.addAll(drained());
        }
      }
    } finally {
      failLate(ticker.nanos());
      free();
      values.ifPresentOrElse(all -> tell(batch, all), () -> fail(batch));
    }
    Reply reply = own.reply;
    return reply == null ? FAILED : reply;
  }

  private void addQueued(List<Ask> batch, int room) {
    int left = room;
    Ask head;
    while ((head = queue.peek()) != null && head.weight <= left) {
      // false where its reader gives up at this moment
      if (queue.remove(head)) {
        batch.add(head);
        left -= head.weight;
      }
    }
  }

  /** Tells those at the head of the queue whose turn has passed. */
  private void failLate(long now) {
    Ask head;
    while ((head = queue.peek()) != null && head.turn.remaining(now) <= 0) {
      if (queue.remove(head)) {
        fail(List.of(head));
      }
    }
  }

  private List<Ask> drained() {
    List<Ask> all = new ArrayList<>();
    Ask head;
    while ((head = queue.poll()) != null) {
      all.add(head);
    }
    return all;
  }

  private Optional<List<?>> exchange(List<Ask> batch, long nanos) {
    Optional<RedisConnection> open = link.connection();
    if (open.isEmpty()) {
      return Optional.empty();
    }
    RedisConnection connection = open.get();
    byte[][] names = names(batch);
    long began = ticker.nanos();
    try {
      if (names.length == 0) {
        link.ping(connection, nanos);
        return Optional.of(List.of());
      }
      List<?> values = connection.values(names, nanos);
      meters.exchanged(Operation.READ, Result.OK, ticker.nanos() - began);
      return Optional.of(values);
    } catch (RedisFailure e) {
      if (names.length > 0) {
        meters.exchanged(Operation.READ, RedisLink.resultOf(e), ticker.nanos() - began);
      }
      link.drop(connection, e);
      return Optional.empty();
    }
  }

  private static byte[][] names(List<Ask> batch) {
    if (batch.size() == 1) {
      return batch.get(0).names;
    }
    int count = 0;
    for (Ask ask : batch) {
      count += ask.names.length;
    }
    byte[][] names = new byte[count][];
    int from = 0;
    for (Ask ask : batch) {
      System.arraycopy(ask.names, 0, names, from, ask.names.length);
      from += ask.names.length;
    }
    return names;
  }

  private void free() {
    taken.set(false);
    wakeHead();
  }

  private void wakeHead() {
    Ask head = queue.peek();
    if (head != null) {
      LockSupport.unpark(head.reader);
    }
  }

  private static void tell(List<Ask> batch, List<?> values) {
    int from = 0;
    for (Ask ask : batch) {
      ask.reply = new Values(values, from);
      from += ask.names.length;
      LockSupport.unpark(ask.reader);
    }
  }

  private static void fail(List<Ask> batch) {
    for (Ask ask : batch) {
      ask.reply = FAILED;
      LockSupport.unpark(ask.reader);
    }
  }
}
