package io.papi.lookup;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Set;

/**
 * What answers a caller in time: a layer in front of a {@link Loader} or of another layer.
 *
 * <p>A layer answers what satisfies the {@link Need}, passes the rest on, and keeps what comes
 * back. Implementations are thread-safe, never throw for a broken part (that is an {@link
 * Outcome.Unavailable}), and name in {@code toString} the lookups that they wrap: {@code
 * near(redis(coalesced(sql)))}.
 */
@FunctionalInterface
public interface Lookup {

  /**
   * Finds rows, blocking no longer than the need's deadline.
   *
   * @param keys distinct keys, at least one
   * @return exactly one outcome for every key asked
   */
  Map<Key, Outcome> find(Set<Key> keys, Need need);

  /**
   * Finds one row: {@link #find(Set, Need)} without a map, for layers where a measurement asks for
   * it.
   */
  default Outcome find(Key key, Need need) {
    return requireNonNull(find(Set.of(key), need).get(key), "no outcome for a key that was asked");
  }
}
