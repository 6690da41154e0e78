package io.papi.rows;

/** Bytes that are no row. It carries nothing of them. */
public final class MalformedRowException extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedRowException() {
    super("not a row", null, false, false);
  }
}
