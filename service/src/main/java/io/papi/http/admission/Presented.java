package io.papi.http.admission;

import io.papi.caller.KeyHash;
import java.util.Optional;

/**
 * What may be a key, as a header of a request has it. Immutable.
 *
 * @param caller the name of the caller who must have the key, where the header has one
 */
record Presented(KeyHash key, Optional<String> caller) {

  static Presented of(String key) {
    return new Presented(KeyHash.of(key), Optional.empty());
  }

  static Presented of(String key, String caller) {
    return new Presented(KeyHash.of(key), Optional.of(caller));
  }
}
