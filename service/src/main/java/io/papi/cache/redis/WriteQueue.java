package io.papi.cache.redis;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.papi.cache.Lifetime;
import io.papi.lookup.Outcome.Found;
import io.papi.lookup.Outcome.Known;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be written to Redis, one change for each name, and which of two changes stays.
 * Thread-safe; only {@link #await} blocks.
 *
 * <p>Of two values of a name the one with the younger read time stays. A deletion that somebody
 * waits for ({@link Invalidate}) replaces a value that waits, and while it waits no value is taken
 * for that name. One that nobody waits for ({@link Discard}) does neither.
 *
 * <p>The queue is bounded, by the number of changes and by what the values among them weigh. Beyond
 * that the change that has waited longest is given up, and an invalidation only if nothing else
 * waits: while Redis is away, values come in great numbers. A value that weighs more than all may
 * is given up at once. An invalidation weighs nothing: however large what is to go was, it must go.
 * A value that was taken and could not be written is put back once, and given up the second time:
 * one that always fails would otherwise stop all others. An invalidation is put back until it is
 * done, a discard never. What is given up is counted.
 */
final class WriteQueue {

  /** What is to become of a name. */
  sealed interface Change {}

  /**
   * @param again whether it was taken before and could not be written
   */
  record Write(Known known, Lifetime lifetime, boolean again) implements Change {}

  /** Deletes a value that is not valid. */
  record Discard() implements Change {}

  /**
   * Deletes what must not be served any more.
   *
   * @param done completed once, on every path, with whether Redis has deleted it
   */
  record Invalidate(CompletableFuture<Boolean> done) implements Change {}

  /** What a value and its name may weigh for each change that may wait. */
  private static final long WEIGHT_EACH = 1024;

  private final int bound;
  private final long maxWeight;
  private final Counter dropped;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** In the order in which they came. */
  @GuardedBy("lock")
  private final Map<RedisName, Change> waiting = new LinkedHashMap<>();

  /** Of all that waits. */
  @GuardedBy("lock")
  private long weight;

  @GuardedBy("lock")
  private boolean closed;

  /**
   * @param bound the most changes that wait; the values among them have at most so many KiB
   */
  WriteQueue(int bound, MeterRegistry meters) {
    this.bound = bound;
    this.maxWeight = bound * WEIGHT_EACH;
    this.dropped =
        Counter.builder("papi.writeback.dropped")
            .description("values that were given up before they were written to Redis")
            .register(meters);
  }

  void add(byte[] name, Change next) {
    RedisName key = new RedisName(name);
    int gone = 0;
    lock.lock();
    try {
      if (closed) {
        giveUp(next);
        return;
      }
      Change there = waiting.get(key);
      if (there != null && !supersedes(next, there)) {
        return;
      }
      if (weight(key, next) > maxWeight) {
        gone = 1;
      } else {
        replace(key, next, there);
        while (waiting.size() > bound || weight > maxWeight) {
          giveUpOldest();
          gone++;
        }
        changed.signal();
      }
    } finally {
      lock.unlock();
    }
    if (gone > 0) {
      dropped.increment(gone);
    }
  }

  /** Takes the oldest, up to {@code maxKeys}, or fewer once they have {@code maxBytes}. */
  Map<RedisName, Change> take(int maxKeys, int maxBytes) {
    Map<RedisName, Change> taken = new LinkedHashMap<>();
    lock.lock();
    try {
      int bytes = 0;
      Iterator<Map.Entry<RedisName, Change>> entries = waiting.entrySet().iterator();
      while (entries.hasNext() && taken.size() < maxKeys && bytes < maxBytes) {
        Map.Entry<RedisName, Change> entry = entries.next();
        entries.remove();
        weight -= weight(entry.getKey(), entry.getValue());
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

  /** Takes back what could not be written, unless something newer waits by now. */
  void putBack(Map<RedisName, Change> taken) {
    int gone = 0;
    lock.lock();
    try {
      if (closed) {
        taken.values().forEach(WriteQueue::giveUp);
        return;
      }
      for (Map.Entry<RedisName, Change> entry : taken.entrySet()) {
        RedisName key = entry.getKey();
        Change there = waiting.get(key);
        switch (entry.getValue()) {
          case Discard() -> {}
          case Invalidate before -> {
            if (there instanceof Invalidate(var later)) {
              var _ = later.thenAccept(before.done()::complete);
            } else {
              replace(key, before, there);
            }
          }
          case Write(Known known, Lifetime lifetime, boolean again) -> {
            Write once = new Write(known, lifetime, true);
            if (again || waiting.size() >= bound || weight + weight(key, once) > maxWeight) {
              gone++;
            } else if (there == null) {
              replace(key, once, there);
            }
          }
        }
      }
    } finally {
      lock.unlock();
    }
    dropped.increment(gone);
  }

  boolean isEmpty() {
    lock.lock();
    try {
      return waiting.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until {@code ready}, which is asked again after each {@link #add} and {@link #wake}. */
  void await(BooleanSupplier ready) {
    lock.lock();
    try {
      while (!ready.getAsBoolean()) {
        changed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  void wake() {
    lock.lock();
    try {
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Gives up what waits, and whatever comes from now on. */
  void close() {
    lock.lock();
    try {
      closed = true;
      waiting.values().forEach(WriteQueue::giveUp);
      waiting.clear();
      weight = 0;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** What a change takes of the memory that may wait. */
  private static long weight(RedisName key, Change change) {
    return switch (change) {
      case Invalidate _ -> 0;
      case Discard() -> key.bytes().length;
      case Write(Found found, _, _) -> key.bytes().length + (long) found.row().length();
      case Write _ -> key.bytes().length;
    };
  }

  private static boolean supersedes(Change next, Change there) {
    return switch (next) {
      case Discard() -> false;
      case Invalidate _ -> true;
      case Write(Known young, _, _) ->
          switch (there) {
            case Discard() -> true;
            case Invalidate _ -> false;
            case Write(Known old, _, _) -> young.readAt() - old.readAt() >= 0;
          };
    };
  }

  /** Puts {@code next} in the place of {@code there}; of two invalidations one deletion does. */
  @GuardedBy("lock")
  private void replace(RedisName key, Change next, @Nullable Change there) {
    waiting.put(key, next);
    weight += weight(key, next) - (there == null ? 0 : weight(key, there));
    if (there instanceof Invalidate(var before) && next instanceof Invalidate(var after)) {
      var _ = after.thenAccept(before::complete);
    }
  }

  /** Gives up what has waited longest, and an invalidation only if nothing else waits. */
  @GuardedBy("lock")
  private void giveUpOldest() {
    Iterator<Map.Entry<RedisName, Change>> changes = waiting.entrySet().iterator();
    while (changes.hasNext()) {
      Map.Entry<RedisName, Change> change = changes.next();
      if (!(change.getValue() instanceof Invalidate)) {
        weight -= weight(change.getKey(), change.getValue());
        changes.remove();
        return;
      }
    }
    changes = waiting.entrySet().iterator();
    giveUp(changes.next().getValue());
    changes.remove();
  }

  private static void giveUp(Change change) {
    if (change instanceof Invalidate(var done)) {
      done.complete(false);
    }
  }
}
