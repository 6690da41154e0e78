package io.papi.cache.redis;

import io.papi.cache.Lifetime;
import io.papi.lookup.Deadline;
import io.papi.lookup.Outcome.Known;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What is kept in Redis under names, for all datasets: the role of one server, or of several that
 * share the names among them. Thread-safe. Only {@link #read} blocks.
 *
 * <p>How many exchanges a batch takes, and with which servers, is decided behind it; so is by which
 * clock a value's age is counted.
 */
public interface RedisRows {

  /**
   * Reads what is kept, however old, until the deadline. A value that cannot be used is not held.
   *
   * @param lifetime how long what is read may be served
   * @return empty if Redis was not asked
   */
  Optional<Held> read(byte[][] names, Lifetime lifetime, Deadline deadline);

  /**
   * Has {@code known} kept under {@code name} later on, unless a younger outcome waits for that.
   */
  void keep(byte[] name, Known known, Lifetime lifetime);

  /**
   * Has what is kept under {@code name} deleted later on, and what waits to be kept there dropped.
   *
   * @return whether that is confirmed; completed on every path, and never exceptionally
   */
  CompletableFuture<Boolean> invalidate(byte[] name);

  /**
   * What a read brought.
   *
   * @param outcomes one for each name, in their order. Read times are by this process's ticker
   * @param nanos the time that reading took
   */
  record Held(List<Optional<Known>> outcomes, long nanos) {}
}
