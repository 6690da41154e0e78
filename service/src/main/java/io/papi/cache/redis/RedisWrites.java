package io.papi.cache.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.micrometer.core.instrument.MeterRegistry;
import io.papi.cache.Lifetime;
import io.papi.cache.redis.WriteQueue.Change;
import io.papi.cache.redis.WriteQueue.Discard;
import io.papi.cache.redis.WriteQueue.Invalidate;
import io.papi.cache.redis.WriteQueue.Write;
import io.papi.cache.redis.clock.ClockWatch;
import io.papi.cache.redis.clock.RedisClock;
import io.papi.cache.redis.clock.Stamp;
import io.papi.cache.redis.connection.ErrorReply;
import io.papi.cache.redis.connection.ExchangeMeters;
import io.papi.cache.redis.connection.ExchangeMeters.Operation;
import io.papi.cache.redis.connection.ExchangeMeters.Result;
import io.papi.cache.redis.connection.RedisConnection;
import io.papi.cache.redis.connection.RedisFailure;
import io.papi.cache.redis.connection.RedisLink;
import io.papi.cache.redis.connection.RedisSettings;
import io.papi.lookup.Outcome.Absent;
import io.papi.lookup.Outcome.Fault;
import io.papi.lookup.Outcome.Found;
import io.papi.lookup.Outcome.Known;
import io.papi.lookup.Outcome.Unreadable;
import io.papi.lookup.Ticker;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * All writes to one server, by a thread and a connection of their own. Thread-safe; nothing here
 * blocks a caller.
 *
 * <p>What is to be written waits in the {@link WriteQueue}, also while Redis is by-passed.
 */
final class RedisWrites implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RedisWrites.class);

  /** The bytes of one exchange beyond which no further value is added to it. */
  private static final int MAX_BYTES = 256 * 1024;

  private static final byte[] PX = {'P', 'X'};

  private final String name;
  private final WriteQueue queue;
  private final RedisLink link;
  private final RedisClock clock;
  private final Ticker ticker;
  private final ExchangeMeters exchanges;
  private final RedisLink.Check watch;
  private final ValueCodec codec = new ValueCodec();
  private final int maxKeys;
  private final long timeoutNanos;

  private volatile boolean pingDue;
  private volatile boolean closed;

  /** Whether Redis took the last write. Used by the thread alone. */
  private boolean accepted = true;

  /**
   * Whether to wait for the next upkeep, since Redis has refused a deletion that must be done. Used
   * by the thread alone.
   */
  private boolean paused;

  /**
   * @param clock stamps what is written; nothing is before it counts
   * @param check asks whether the server can be written to
   * @param watch asks what else is to be known of the server, when it has been checked
   */
  RedisWrites(
      String name,
      RedisSettings settings,
      RedisClock clock,
      RedisLink.Check check,
      RedisLink.Check watch,
      Ticker ticker,
      ExchangeMeters exchanges,
      MeterRegistry meters) {
    this.name = name + "-write";
    this.queue = new WriteQueue(settings.writeBackBound(), meters);
    this.clock = clock;
    this.ticker = ticker;
    this.exchanges = exchanges;
    this.watch = watch;
    this.maxKeys = settings.maxKeys();
    this.timeoutNanos = settings.timeout().toNanos();
    this.link =
        new RedisLink(
            this.name,
            settings,
            ClockWatch.INTERVAL,
            check,
            ticker,
            exchanges,
            queue::wake,
            this::upkeep);
    Thread thread = Thread.ofVirtual().name(this.name + "-back").unstarted(this::run);
    link.start();
    thread.start();
  }

  /** Has {@code known} written under {@code name}, unless a younger value waits there. */
  void keep(byte[] name, Known known, Lifetime lifetime) {
    queue.add(name, new Write(known, lifetime, false));
  }

  /** Has the value under {@code name} deleted, unless another waits to be written there. */
  void discard(byte[] name) {
    queue.add(name, new Discard());
  }

  /** Whether Redis can be written to, as far as is known. */
  boolean isOpen() {
    return link.isOpen();
  }

  /**
   * Has the value under {@code name} deleted, and what waits to be written there dropped. If Redis
   * refuses, or is not the primary any more, it is tried again.
   *
   * @return whether Redis has confirmed it, once it has, or has refused, or it is given up
   */
  CompletableFuture<Boolean> invalidate(byte[] name) {
    Invalidate invalidate = new Invalidate(new CompletableFuture<>());
    queue.add(name, invalidate);
    return invalidate.done();
  }

  @Override
  public void close() {
    closed = true;
    link.close();
    queue.close();
  }

  private void upkeep() {
    pingDue = true;
    queue.wake();
  }

  private void ping(RedisConnection connection) {
    try {
      link.ping(connection, timeoutNanos);
      watch.ask(connection, timeoutNanos);
    } catch (RedisFailure e) {
      link.drop(connection, e);
    }
  }

  private void run() {
    try {
      writeUntilClosed();
    } finally {
      queue.close();
    }
  }

  private void writeUntilClosed() {
    while (!closed) {
      queue.await(() -> closed || hasWork());
      Optional<RedisConnection> connection = link.connection();
      if (connection.isPresent()) {
        if (pingDue) {
          pingDue = false;
          paused = false;
          ping(connection.get());
        }
        // the clock is another connection's business, and may not count yet
        Map<RedisName, Change> taken = clock.counts() ? queue.take(maxKeys, MAX_BYTES) : Map.of();
        if (!taken.isEmpty() && !write(connection.get(), taken)) {
          queue.putBack(taken);
        }
      }
    }
  }

  private boolean hasWork() {
    return link.isOpen() && (pingDue || (clock.counts() && !paused && !queue.isEmpty()));
  }

  /** False when the connection is gone. */
  private boolean write(RedisConnection connection, Map<RedisName, Change> taken) {
    List<CommandArguments> calls = calls(taken);
    long began = ticker.nanos();
    try {
      List<Object> replies = connection.pipeline(calls, timeoutNanos);
      boolean ok = check(calls, replies);
      tell(taken, replies);
      exchanges.exchanged(Operation.WRITE, ok ? Result.OK : Result.FAILED, ticker.nanos() - began);
      return true;
    } catch (RedisFailure e) {
      exchanges.exchanged(Operation.WRITE, Result.of(e), ticker.nanos() - began);
      link.drop(connection, e);
      return false;
    }
  }

  /** One call for each, in their order. */
  private List<CommandArguments> calls(Map<RedisName, Change> taken) {
    List<CommandArguments> calls = new ArrayList<>(taken.size());
    taken.forEach(
        (key, change) -> {
          byte[] name = key.bytes();
          calls.add(
              switch (change) {
                case Discard(), Invalidate _ -> RedisConnection.call(Command.DEL, name);
                case Write(Known known, Lifetime lifetime, _) -> {
                  long life = lifetime.remaining(known, ticker.nanos());
                  long millis = TimeUnit.NANOSECONDS.toMillis(life);
                  // past its life it is no value, but what stands there is older still
                  yield millis > 0
                      ? RedisConnection.call(
                          Command.SET, name, encode(name, known), PX, ascii(millis))
                      : RedisConnection.call(Command.DEL, name);
                }
              });
        });
    return calls;
  }

  private byte[] encode(byte[] name, Known known) {
    Stamp stamp = clock.timeline().stamp(known.readAt());
    return switch (known) {
      case Found found -> codec.encodeRow(name, found.row(), stamp);
      case Absent _ -> codec.encodeAbsence(name, stamp);
      case Unreadable(_, _, Fault fault) -> codec.encodeUnreadable(name, fault, stamp);
    };
  }

  private static byte[] ascii(long number) {
    return Long.toString(number).getBytes(US_ASCII);
  }

  /** A deletion that is refused is tried again, though whoever waits for it is told. */
  private void tell(Map<RedisName, Change> taken, List<Object> replies) {
    Map<RedisName, Change> again = new LinkedHashMap<>();
    Iterator<Object> reply = replies.iterator();
    taken.forEach(
        (name, change) -> {
          boolean refused = reply.next() instanceof JedisDataException;
          if (change instanceof Invalidate(var done)) {
            done.complete(!refused);
            if (refused) {
              again.put(name, new Invalidate(new CompletableFuture<>()));
            }
          }
        });
    if (!again.isEmpty()) {
      paused = true;
      queue.putBack(again);
    }
  }

  private boolean check(List<CommandArguments> calls, List<Object> replies) {
    for (int i = 0; i < replies.size(); i++) {
      if (replies.get(i) instanceof JedisDataException refusal) {
        if (accepted) {
          Command command = (Command) calls.get(i).getCommand();
          LOG.warn(
              "{}: Redis does not take what is written: {}",
              name,
              ErrorReply.text(command, refusal));
        }
        accepted = false;
        return false;
      }
    }
    if (!accepted) {
      LOG.info("{}: Redis takes what is written again", name);
    }
    accepted = true;
    return true;
  }
}
