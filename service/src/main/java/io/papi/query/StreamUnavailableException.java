package io.papi.query;

import io.papi.lookup.Outcome.Reason;

/** A stream that did not begin. */
public final class StreamUnavailableException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  public StreamUnavailableException(Reason reason) {
    super(reason.name(), null, false, false);
    this.reason = reason;
  }

  /** Why the store gave nothing. */
  public Reason reason() {
    return reason;
  }
}
