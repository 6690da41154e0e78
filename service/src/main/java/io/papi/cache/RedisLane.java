package io.papi.cache;

import static io.papi.cache.Reply.Nothing.BYPASSED;
import static io.papi.cache.Reply.Nothing.FAILED;

import io.papi.cache.RedisMeters.Operation;
import io.papi.cache.RedisMeters.Result;
import io.papi.cache.Reply.Values;
import io.papi.lookup.Deadline;
import io.papi.lookup.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * All reads of Redis, combined: whoever finds the lane free takes it and reads for all who wait, on
 * one connection. Thread-safe.
 *
 * <p><b>How it works.</b> A reader that finds the lane taken queues its keys and parks. The holder
 * sends its own keys and as many of the queued ones as fit as one MGET, tells the others their
 * values, and hands the lane to the head of the queue. The next batch is whatever queued meanwhile;
 * nobody waits for a batch to fill, but a holder lets all go first who could run, and may want to
 * read too: the busier the processors, the larger its batch and the fewer the exchanges.
 *
 * <p><b>No wake-up is lost</b>, since everybody who might be the last to look does so in the order
 * that the other side needs: a reader first queues and then tries the lane, a holder that finds
 * nobody first frees the lane and then looks at the queue again. So either the reader gets the
 * lane, or the holder sees the reader. Nobody takes the lane past the queue, so each reader is
 * woken once; and it either gets the lane or gives up, never both.
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
  private static final Duration PING_INTERVAL = Duration.ofMinutes(1);

  /** Whether a reader in the queue gets the lane. */
  private enum Turn {
    WAITS,
    HOLDS,
    GAVE_UP
  }

  /** Keys that wait to be read; none for the upkeep, which reads nothing but needs the lane. */
  private static final class Ask {
    final byte[][] names;

    /** The room that it takes in an exchange. */
    final int weight;

    final long at;

    /** By when its turn must have come. */
    final Deadline turnBy;

    /** Whether it waits for a holder to say that its turn has passed, and sets no timer. */
    final boolean patient;

    final Thread reader = Thread.currentThread();
    final AtomicReference<Turn> turn = new AtomicReference<>(Turn.WAITS);
    volatile @Nullable Reply reply;

    Ask(byte[][] names, int weight, long at, Deadline turnBy, boolean patient) {
      this.names = names;
      this.weight = weight;
      this.at = at;
      this.turnBy = turnBy;
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

  RedisLane(RedisSettings settings, Ticker ticker, RedisMeters meters) {
    this.ticker = ticker;
    this.meters = meters;
    this.maxKeys = settings.maxKeys();
    this.timeoutNanos = settings.timeout().toNanos();
    this.leastNanos = timeoutNanos / 10;
    this.link =
        new RedisLink(
            "redis-read",
            settings,
            PING_INTERVAL,
            RedisConnection::ping,
            ticker,
            meters,
            () -> {},
            this::upkeep);
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
    long now = ticker.recentNanos();
    if (!link.isOpen()
        || deadline.remaining(now) < leastNanos
        || Thread.currentThread().isInterrupted()) {
      return BYPASSED;
    }
    Deadline turnBy = deadline.earlier(new Deadline(now + timeoutNanos));
    boolean patient = deadline.remaining(now) >= 2 * timeoutNanos;
    return take(new Ask(names, names.length, deadline.at(), turnBy, patient));
  }

  @Override
  public void close() {
    link.close();
    fail(drained());
  }

  private void upkeep() {
    // no holder can take it along: it weighs more than any exchange carries
    Deadline turnBy = new Deadline(ticker.nanos() + 20 * timeoutNanos);
    take(new Ask(new byte[0][], maxKeys + 1, turnBy.at() + timeoutNanos, turnBy, false));
  }

  private Reply take(Ask ask) {
    if (taken.compareAndSet(false, true)) {
      return hold(ask);
    }
    queue.add(ask);
    if (taken.compareAndSet(false, true)) {
      handOn();
    }
    while (true) {
      if (ask.turn.get() == Turn.HOLDS) {
        return hold(ask);
      }
      Reply reply = ask.reply;
      if (reply != null) {
        return reply;
      }
      long left = ask.patient ? Long.MAX_VALUE : ask.turnBy.remaining(ticker.nanos());
      if ((left <= 0 || Thread.currentThread().isInterrupted())
          && ask.turn.compareAndSet(Turn.WAITS, Turn.GAVE_UP)) {
        queue.remove(ask);
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

  /** Reads as the holder of the lane, and hands it on in any case. */
  @SuppressWarnings("ThreadPriorityCheck") // nothing but speed rests on it
  private Reply hold(Ask own) {
    List<Ask> others = new ArrayList<>();
    Optional<List<?>> values = Optional.empty();
    try {
      Thread.yield();
      long left = own.at - ticker.nanos();
      if (left >= leastNanos && !Thread.currentThread().isInterrupted()) {
        addQueued(others, maxKeys - own.weight);
        values = exchange(own, others, Math.min(timeoutNanos, left));
        if (values.isEmpty()) {
          others.addAll(drained());
        }
      }
    } finally {
      values.ifPresentOrElse(all -> tell(others, all, own.names.length), () -> fail(others));
      failLate(ticker.nanos());
      handOn();
    }
    return values.<Reply>map(all -> new Values(all, 0)).orElse(FAILED);
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
    while ((head = queue.peek()) != null && head.turnBy.remaining(now) <= 0) {
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

  private Optional<List<?>> exchange(Ask own, List<Ask> others, long nanos) {
    Optional<RedisConnection> open = link.connection();
    if (open.isEmpty()) {
      return Optional.empty();
    }
    RedisConnection connection = open.get();
    byte[][] names = names(own, others);
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

  private static byte[][] names(Ask own, List<Ask> others) {
    if (others.isEmpty()) {
      return own.names;
    }
    int count = own.names.length;
    for (Ask ask : others) {
      count += ask.names.length;
    }
    byte[][] names = Arrays.copyOf(own.names, count);
    int from = own.names.length;
    for (Ask ask : others) {
      System.arraycopy(ask.names, 0, names, from, ask.names.length);
      from += ask.names.length;
    }
    return names;
  }

  /** Gives the lane to the next who waits for it, or frees it. */
  private void handOn() {
    do {
      Ask head;
      while ((head = queue.poll()) != null) {
        if (head.turn.compareAndSet(Turn.WAITS, Turn.HOLDS)) {
          LockSupport.unpark(head.reader);
          return;
        }
      }
      taken.set(false);
    } while (!queue.isEmpty() && taken.compareAndSet(false, true));
  }

  /** Tells each its part of {@code values}, of which the first is at {@code from}. */
  private static void tell(List<Ask> batch, List<?> values, int from) {
    int at = from;
    for (Ask ask : batch) {
      ask.reply = new Values(values, at);
      at += ask.names.length;
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
