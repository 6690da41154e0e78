package io.papi.store;

/** A row that has no form in JSON, or whose key cannot be told. It carries no value. */
public final class UnreadableRowException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String column;
  private final String fault;

  UnreadableRowException(String column, Exception cause) {
    super("column " + column + " cannot be shown", cause, false, false);
    this.column = column;
    this.fault = cause.getClass().getSimpleName();
  }

  String column() {
    return column;
  }

  /** What kind of exception it was. */
  String fault() {
    return fault;
  }
}
