package io.papi.cache.redis;

import java.util.List;
import java.util.Optional;

/** What a read of Redis brought. */
sealed interface Reply {

  /**
   * The values of an exchange, of which this reader's begin at {@code from}.
   *
   * @param all each a {@code byte[]}, or null where Redis had none; shared, never changed
   */
  record Values(List<?> all, int from) implements Reply {

    /** The value of the reader's key number {@code index}. */
    Optional<byte[]> at(int index) {
      return all.get(from + index) instanceof byte[] value ? Optional.of(value) : Optional.empty();
    }
  }

  /** No values. */
  enum Nothing implements Reply {
    /** Redis was asked, and did not answer in time or properly. */
    FAILED,
    /** Redis was not asked. */
    BYPASSED
  }
}
