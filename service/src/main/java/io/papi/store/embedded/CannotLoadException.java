package io.papi.store.embedded;

import java.util.Collection;

/**
 * Something that the embedded store is to be filled with cannot be used. The message says where it
 * stands and what is wrong with it, and repeats no value.
 */
public final class CannotLoadException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CannotLoadException(String message) {
    super(message);
  }

  /** What is wrong with several tables, said at once. */
  static CannotLoadException ofAll(Collection<CannotLoadException> all) {
    return new CannotLoadException(
        String.join("\n- ", all.stream().map(Throwable::getMessage).toList()));
  }
}
