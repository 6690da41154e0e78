package io.papi.http.admission;

import io.papi.caller.KeyHash;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All keys, and what each opens. Immutable.
 *
 * <p>What is presented is compared with each of them to the end, and each comparison takes the same
 * time whatever it compares ({@link KeyHash#isSame}): the time says nothing about a key.
 *
 * @param <T> what a key opens
 */
final class KeyRing<T> {
  private final List<Held<T>> keys;
  private final Set<String> names;

  /**
   * A key.
   *
   * @param name of whom it belongs to
   */
  record Held<T>(KeyHash key, String name, T opens) {}

  KeyRing(List<Held<T>> keys) {
    this.keys = List.copyOf(keys);
    this.names = keys.stream().map(Held::name).collect(Collectors.toUnmodifiableSet());
  }

  /** The names of whom the keys belong to. */
  Set<String> names() {
    return names;
  }

  /**
   * What the key opens that all headers present.
   *
   * @param headers what each header presents, of which one must be the key
   * @return empty if one has no key, or another one
   */
  Optional<T> find(List<List<Presented>> headers) {
    Held<T> found = null;
    for (List<Presented> header : headers) {
      Held<T> own = held(header);
      if (own == null || (found != null && !found.equals(own))) {
        return Optional.empty();
      }
      found = own;
    }
    return Optional.ofNullable(found).map(Held::opens);
  }

  private @Nullable Held<T> held(List<Presented> alternatives) {
    Held<T> found = null;
    for (Presented presented : alternatives) {
      for (Held<T> each : keys) {
        boolean isSame = each.key().isSame(presented.key());
        if (isSame && presented.caller().map(each.name()::equals).orElse(true)) {
          found = each;
        }
      }
    }
    return found;
  }
}
