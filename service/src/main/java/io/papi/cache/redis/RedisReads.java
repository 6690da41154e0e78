package io.papi.cache.redis;

import static io.papi.cache.redis.Reply.Nothing.BYPASSED;
import static io.papi.cache.redis.Reply.Nothing.FAILED;

import io.papi.cache.redis.Reply.Values;
import io.papi.cache.redis.connection.ExchangeMeters;
import io.papi.cache.redis.connection.ExchangeMeters.Operation;
import io.papi.cache.redis.connection.ExchangeMeters.Result;
import io.papi.cache.redis.connection.PrimaryCheck;
import io.papi.cache.redis.connection.RedisConnection;
import io.papi.cache.redis.connection.RedisFailure;
import io.papi.cache.redis.connection.RedisLink;
import io.papi.cache.redis.connection.RedisSettings;
import io.papi.lookup.Deadline;
import io.papi.lookup.Ticker;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * All reads of one server, combined: whoever finds the connection free takes the turn and reads for
 * all who wait. Thread-safe.
 *
 * <p><b>How it works.</b> A reader that finds the turn taken queues its keys and parks ({@link
 * ReadTurns}). The one who has the turn sends its own keys and as many of the queued ones as fit as
 * one MGET, tells the others their values, and passes the turn on to the head of the queue. The
 * next batch is whatever queued meanwhile. Nobody waits for a batch to fill, but whoever has the
 * turn first yields to all threads that could run, since they may want to read too: the busier the
 * processors, the larger its batch and the fewer the exchanges.
 *
 * <p><b>Failure.</b> An exchange takes no longer than the timeout nor than the deadline of the
 * reader that has the turn. If it fails, its connection is closed and all who wait have a miss,
 * never an exception. Until the {@link RedisLink} is open again, reads are by-passed.
 */
final class RedisReads implements AutoCloseable {
  /** How often to ask whether the server is still the primary. */
  private static final Duration CHECK_INTERVAL = Duration.ofSeconds(1);

  private final RedisLink link;
  private final Ticker ticker;
  private final ExchangeMeters meters;
  private final int maxKeys;
  private final long timeoutNanos;

  /** The time that a reader must have left for an exchange. */
  private final long minNanos;

  private final ReadTurns turns;

  RedisReads(String name, RedisSettings settings, Ticker ticker, ExchangeMeters meters) {
    this.ticker = ticker;
    this.meters = meters;
    this.maxKeys = settings.maxKeys();
    this.timeoutNanos = settings.timeout().toNanos();
    this.minNanos = timeoutNanos / 10;
    this.turns = new ReadTurns(ticker);
    this.link =
        new RedisLink(
            name + "-read",
            settings,
            CHECK_INTERVAL,
            PrimaryCheck::ofReads,
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
   * <p>A reader with less than a tenth of the timeout left does not ask: it would most likely cost
   * all others the connection.
   *
   * @param names at least one, at most {@link #maxKeys}
   */
  Reply read(byte[][] names, Deadline deadline) {
    long now = ticker.recentNanos();
    if (!link.isOpen()
        || deadline.remaining(now) < minNanos
        || Thread.currentThread().isInterrupted()) {
      return BYPASSED;
    }
    Deadline turnBy = deadline.earlier(new Deadline(now + timeoutNanos));
    boolean patient = deadline.remaining(now) >= 2 * timeoutNanos;
    return await(new WaitingRead(names, names.length, deadline, turnBy, patient));
  }

  @Override
  public void close() {
    link.close();
    fail(turns.takeAll());
  }

  private void upkeep() {
    // nobody can take it along: it weighs more than any exchange carries
    Deadline turnBy = new Deadline(ticker.nanos() + 20 * timeoutNanos);
    Deadline deadline = new Deadline(turnBy.at() + timeoutNanos);
    await(new WaitingRead(new byte[0][], maxKeys + 1, deadline, turnBy, false));
  }

  private Reply await(WaitingRead read) {
    Reply reply = turns.await(read);
    return reply == null ? readForAll(read) : reply;
  }

  /** Has the turn: reads for itself and for others, and passes the turn on in any case. */
  @SuppressWarnings("ThreadPriorityCheck") // only speed depends on it
  private Reply readForAll(WaitingRead own) {
    List<WaitingRead> others = List.of();
    Optional<List<?>> values = Optional.empty();
    try {
      Thread.yield();
      long left = own.deadline.remaining(ticker.nanos());
      if (left >= minNanos && !Thread.currentThread().isInterrupted()) {
        others = turns.takeFitting(maxKeys - own.weight);
        values = exchange(own, others, Math.min(timeoutNanos, left));
        if (values.isEmpty()) {
          others.addAll(turns.takeAll());
        }
      }
    } finally {
      if (values.isPresent()) {
        tell(others, values.get(), own.names.length);
      } else {
        fail(others);
      }
      turns.failLate(ticker.nanos());
      turns.passOn();
    }
    return values.<Reply>map(all -> new Values(all, 0)).orElse(FAILED);
  }

  private Optional<List<?>> exchange(WaitingRead own, List<WaitingRead> others, long nanos) {
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
        meters.exchanged(Operation.READ, Result.of(e), ticker.nanos() - began);
      }
      link.drop(connection, e);
      return Optional.empty();
    }
  }

  private static byte[][] names(WaitingRead own, List<WaitingRead> others) {
    if (others.isEmpty()) {
      return own.names;
    }
    int count = own.names.length;
    for (WaitingRead read : others) {
      count += read.names.length;
    }
    byte[][] names = Arrays.copyOf(own.names, count);
    int from = own.names.length;
    for (WaitingRead read : others) {
      System.arraycopy(read.names, 0, names, from, read.names.length);
      from += read.names.length;
    }
    return names;
  }

  /** Tells each its part of {@code values}, of which the first is at {@code from}. */
  private static void tell(List<WaitingRead> batch, List<?> values, int from) {
    int at = from;
    for (WaitingRead read : batch) {
      read.answer(new Values(values, at));
      at += read.names.length;
    }
  }

  private static void fail(List<WaitingRead> batch) {
    for (WaitingRead read : batch) {
      read.answer(FAILED);
    }
  }
}
