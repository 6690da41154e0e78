package io.papi.cache;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.papi.cache.RedisMeters.Operation;
import io.papi.cache.RedisMeters.Result;
import io.papi.lookup.Outcome.Absent;
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
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * The values that wait to be written to Redis, and the thread that writes them on a connection of
 * its own. Thread-safe; nothing here blocks a caller.
 *
 * <p>Of each key the youngest value by read time waits. While Redis is by-passed they wait for it;
 * beyond the bound the one that has waited longest is given up. Values that were under way when an
 * exchange failed wait once more, and are given up when that fails too: one that always fails would
 * else stop all others. What is given up is counted. While a key waits to be forgotten, no value is
 * taken for it.
 */
final class WriteBack implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WriteBack.class);

  /** The bytes of one exchange beyond which no further value is added to it. */
  private static final int MAX_BYTES = 256 * 1024;

  private static final byte[] PX = {'P', 'X'};

  /** What is to become of a key. */
  private sealed interface Pending {}

  private record Write(Known known, Lifetime lifetime, boolean again) implements Pending {}

  private record Erase() implements Pending {}

  /**
   * @param done completed once, on every path, with whether Redis has deleted it
   */
  private record Forget(CompletableFuture<Boolean> done) implements Pending {}

  private final RedisLink link;
  private final RedisClock clock;
  private final Ticker ticker;
  private final RedisMeters meters;
  private final ValueCodec codec = new ValueCodec();
  private final int bound;
  private final int maxKeys;
  private final long timeoutNanos;
  private final Thread thread;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** By Redis key, in the order in which they came. Guarded by the lock. */
  private final Map<RedisName, Pending> waiting = new LinkedHashMap<>();

  private volatile boolean pingDue;
  private volatile boolean closed;

  /** Whether Redis took the last write. Of the thread alone. */
  private boolean accepted = true;

  WriteBack(RedisSettings settings, RedisClock clock, Ticker ticker, RedisMeters meters) {
    this.clock = clock;
    this.ticker = ticker;
    this.meters = meters;
    this.bound = settings.writeBackBound();
    this.maxKeys = settings.maxKeys();
    this.timeoutNanos = settings.timeout().toNanos();
    this.link =
        new RedisLink(
            "redis-write",
            settings,
            ClockWatch.INTERVAL,
            new ClockWatch(clock, ticker, meters)::look,
            ticker,
            meters,
            this::wake,
            this::upkeep);
    this.thread = Thread.ofVirtual().name("redis-write-back").unstarted(this::run);
    link.start();
    thread.start();
  }

  /** Has {@code known} written under {@code name}, unless a younger value waits there. */
  void keep(byte[] name, Known known, Lifetime lifetime) {
    add(name, new Write(known, lifetime, false));
  }

  /** Has the value under {@code name} deleted, unless a value waits there. */
  void erase(byte[] name) {
    add(name, new Erase());
  }

  /**
   * Has the value under {@code name} deleted, and what waits to be written there dropped.
   *
   * @return whether Redis has confirmed it, once it has, or has refused, or it is given up
   */
  CompletableFuture<Boolean> forget(byte[] name) {
    Forget forget = new Forget(new CompletableFuture<>());
    add(name, forget);
    return forget.done();
  }

  @Override
  public void close() {
    closed = true;
    link.close();
    wake();
  }

  private void add(byte[] name, Pending next) {
    RedisName key = new RedisName(name);
    int dropped = 0;
    lock.lock();
    try {
      if (closed) {
        giveUp(next);
        return;
      }
      Pending there = waiting.get(key);
      if (there != null && !supersedes(next, there)) {
        return;
      }
      replace(key, next, there);
      if (waiting.size() > bound) {
        Iterator<Pending> oldest = waiting.values().iterator();
        giveUp(oldest.next());
        oldest.remove();
        dropped = 1;
      }
      changed.signal();
    } finally {
      lock.unlock();
    }
    if (dropped > 0) {
      meters.dropped(dropped);
    }
  }

  private static boolean supersedes(Pending next, Pending there) {
    return switch (next) {
      case Erase() -> false;
      case Forget _ -> true;
      case Write(Known young, _, _) ->
          switch (there) {
            case Erase() -> true;
            case Forget _ -> false;
            case Write(Known old, _, _) -> young.readAt() - old.readAt() >= 0;
          };
    };
  }

  /** Puts {@code next} in the place of {@code there}; one deletion does for both. */
  private void replace(RedisName key, Pending next, @Nullable Pending there) {
    waiting.put(key, next);
    if (there instanceof Forget(var before) && next instanceof Forget(var after)) {
      var _ = after.thenAccept(before::complete);
    }
  }

  private static void giveUp(Pending pending) {
    if (pending instanceof Forget(var done)) {
      done.complete(false);
    }
  }

  private void upkeep() {
    pingDue = true;
    wake();
  }

  private void ping(RedisConnection connection) {
    try {
      link.ping(connection, timeoutNanos);
    } catch (RedisFailure e) {
      link.drop(connection, e);
    }
  }

  private void wake() {
    lock.lock();
    try {
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    try {
      writeUntilClosed();
    } finally {
      lock.lock();
      try {
        waiting.values().forEach(WriteBack::giveUp);
        waiting.clear();
      } finally {
        lock.unlock();
      }
    }
  }

  private void writeUntilClosed() {
    while (!closed) {
      Optional<RedisConnection> connection = awaitWork();
      if (connection.isPresent()) {
        if (pingDue) {
          pingDue = false;
          ping(connection.get());
        }
        Map<RedisName, Pending> taken = take();
        if (!taken.isEmpty() && !write(connection.get(), taken)) {
          putBack(taken);
        }
      }
    }
  }

  /** Waits for a connection and something to write on it; empty when closed. */
  private Optional<RedisConnection> awaitWork() {
    lock.lock();
    try {
      while (!closed) {
        Optional<RedisConnection> connection = link.connection();
        if (connection.isPresent() && (pingDue || !waiting.isEmpty())) {
          return connection;
        }
        changed.awaitUninterruptibly();
      }
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /** Takes what fits into one exchange. */
  private Map<RedisName, Pending> take() {
    Map<RedisName, Pending> taken = new LinkedHashMap<>();
    lock.lock();
    try {
      int bytes = 0;
      Iterator<Map.Entry<RedisName, Pending>> entries = waiting.entrySet().iterator();
      while (entries.hasNext() && taken.size() < maxKeys && bytes < MAX_BYTES) {
        Map.Entry<RedisName, Pending> entry = entries.next();
        entries.remove();
        taken.put(entry.getKey(), entry.getValue());
        if (entry.getValue() instanceof Write(Found found, _, _)) {
          bytes += found.row().length();
        }
      }
    } finally {
      lock.unlock();
    }
    return taken;
  }

  /** One call for each, in their order. */
  private List<CommandArguments> calls(Map<RedisName, Pending> taken) {
    List<CommandArguments> calls = new ArrayList<>(taken.size());
    taken.forEach(
        (key, pending) -> {
          byte[] name = key.bytes();
          switch (pending) {
            case Erase(), Forget _ -> calls.add(RedisConnection.call(Command.DEL, name));
            case Write(Known known, Lifetime lifetime, _) -> {
              long life = lifetime.remaining(known, ticker.nanos());
              long millis = TimeUnit.NANOSECONDS.toMillis(life);
              // what has ended is no value, but what stands there is older still
              calls.add(
                  millis > 0
                      ? RedisConnection.call(
                          Command.SET, name, encode(name, known), PX, ascii(millis))
                      : RedisConnection.call(Command.DEL, name));
            }
          }
        });
    return calls;
  }

  private void putBack(Map<RedisName, Pending> taken) {
    int dropped = 0;
    lock.lock();
    try {
      for (Map.Entry<RedisName, Pending> entry : taken.entrySet()) {
        RedisName key = entry.getKey();
        Pending there = waiting.get(key);
        switch (entry.getValue()) {
          case Erase() -> {}
          case Forget forget -> {
            if (there instanceof Forget(var later)) {
              var _ = later.thenAccept(forget.done()::complete);
            } else {
              waiting.put(key, forget);
            }
          }
          case Write(Known known, Lifetime lifetime, boolean again) -> {
            if (again || waiting.size() >= bound) {
              dropped++;
            } else if (there == null) {
              waiting.put(key, new Write(known, lifetime, true));
            }
          }
        }
      }
    } finally {
      lock.unlock();
    }
    meters.dropped(dropped);
  }

  private byte[] encode(byte[] name, Known known) {
    Stamp stamp = clock.timeline().stamp(known.readAt());
    return switch (known) {
      case Found found -> codec.encodeRow(name, found.row(), stamp);
      case Absent _ -> codec.encodeAbsence(name, stamp);
      case Unreadable _ -> codec.encodeUnreadable(name, stamp);
    };
  }

  private static byte[] ascii(long number) {
    return Long.toString(number).getBytes(US_ASCII);
  }

  /** False when the connection is gone. */
  private boolean write(RedisConnection connection, Map<RedisName, Pending> taken) {
    List<CommandArguments> calls = calls(taken);
    long began = ticker.nanos();
    try {
      List<Object> replies = connection.pipeline(calls, timeoutNanos);
      boolean ok = check(replies);
      tell(taken, replies);
      meters.exchanged(Operation.WRITE, ok ? Result.OK : Result.FAILED, ticker.nanos() - began);
      return true;
    } catch (RedisFailure e) {
      meters.exchanged(Operation.WRITE, RedisLink.resultOf(e), ticker.nanos() - began);
      link.drop(connection, e);
      return false;
    }
  }

  private static void tell(Map<RedisName, Pending> taken, List<Object> replies) {
    Iterator<Object> reply = replies.iterator();
    for (Pending pending : taken.values()) {
      boolean refused = reply.next() instanceof JedisDataException;
      if (pending instanceof Forget(var done)) {
        done.complete(!refused);
      }
    }
  }

  private boolean check(List<Object> replies) {
    for (Object reply : replies) {
      if (reply instanceof JedisDataException refusal) {
        if (accepted) {
          LOG.warn("Redis does not take what is written: {}", refusal.getMessage());
        }
        accepted = false;
        return false;
      }
    }
    if (!accepted) {
      LOG.info("Redis takes what is written again");
    }
    accepted = true;
    return true;
  }
}
