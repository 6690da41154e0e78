package io.papi.store;

import java.util.Collection;
import java.util.stream.Collectors;

/** A table that does not have the columns or the key that a dataset is configured with. */
public final class SchemaMismatchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SchemaMismatchException(String message) {
    super(message);
  }

  /** What is wrong with several datasets, said at once. */
  public static SchemaMismatchException ofAll(Collection<SchemaMismatchException> mismatches) {
    return new SchemaMismatchException(
        mismatches.stream().map(Throwable::getMessage).collect(Collectors.joining("\n- ")));
  }
}
