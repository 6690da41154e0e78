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
 * <p>The queue is bounded: beyond that the change that has waited longest is given up, and an
 * invalidation only if nothing else waits: while Redis is away, values come in great numbers. A
 * value that was taken and could not be written is put back once, and given up the second time: one
 * that always fails would otherwise stop all others. An invalidation is put back until it is done,
 * a discard never. What is given up is counted.
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

  private final int bound;
  private final Counter dropped;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** In the order in which they came. */
  @GuardedBy("lock")
  private final Map<RedisName, Change> waiting = new LinkedHashMap<>();

  @GuardedBy("lock")
  private boolean closed;

  WriteQueue(int bound, MeterRegistry meters) {
    this.bound = bound;
    this.dropped =
        Counter.builder("papi.writeback.dropped")
            .description("values that were given up before they were written to Redis")
            .register(meters);
  }

  void add(byte[] name, Change next) {
    RedisName key = new RedisName(name);
    boolean full;
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
      replace(key, next, there);
      full = waiting.size() > bound;
      if (full) {
        giveUpOldest();
      }
      changed.signal();
    } finally {
      lock.unlock();
    }
    if (full) {
      dropped.increment();
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
              waiting.put(key, before);
            }
          }
          case Write(Known known, Lifetime lifetime, boolean again) -> {
            if (again || waiting.size() >= bound) {
              gone++;
            } else if (there == null) {
              waiting.put(key, new Write(known, lifetime, true));
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
      changed.signal();
    } finally {
      lock.unlock();
    }
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
    if (there instanceof Invalidate(var before) && next instanceof Invalidate(var after)) {
      var _ = after.thenAccept(before::complete);
    }
  }

  /** Gives up what has waited longest, and an invalidation only if nothing else waits. */
  @GuardedBy("lock")
  private void giveUpOldest() {
    Iterator<Change> changes = waiting.values().iterator();
    while (changes.hasNext()) {
      if (!(changes.next() instanceof Invalidate)) {
        changes.remove();
        return;
      }
    }
    changes = waiting.values().iterator();
    giveUp(changes.next());
    changes.remove();
  }

  private static void giveUp(Change change) {
    if (change instanceof Invalidate(var done)) {
      done.complete(false);
    }
  }
}
