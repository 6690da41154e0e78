package io.papi.store;

/** A table that does not have the columns or the key that a dataset is configured with. */
public final class SchemaMismatchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SchemaMismatchException(String message) {
    super(message);
  }
}
