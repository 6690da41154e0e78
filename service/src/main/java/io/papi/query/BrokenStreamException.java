package io.papi.query;

/** A stream that cannot go on: what has been read of it is not the whole. */
public final class BrokenStreamException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Fault fault;

  /** Why it cannot. */
  public enum Fault {
    /** The store has failed. */
    STORE,
    /** A row cannot be shown, or some values have no result. */
    ROW
  }

  public BrokenStreamException(Fault fault) {
    super("fault: " + fault, null, false, false);
    this.fault = fault;
  }

  public Fault fault() {
    return fault;
  }
}
