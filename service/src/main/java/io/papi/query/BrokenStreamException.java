package io.papi.query;

import io.papi.lookup.Outcome.Reason;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A stream that does not begin, or cannot go on: what has been read of it is not the whole. */
public final class BrokenStreamException extends Exception {
  private static final long serialVersionUID = 1L;

  private final @Nullable Reason reason;

  private BrokenStreamException(String message, @Nullable Reason reason) {
    super(message, null, false, false);
    this.reason = reason;
  }

  /** The store gives nothing (more). */
  public static BrokenStreamException because(Reason reason) {
    return new BrokenStreamException(reason.name(), reason);
  }

  /** The store gives a row that cannot be shown, or has no result for some values. */
  public static BrokenStreamException ofRow() {
    return new BrokenStreamException("a row cannot be shown", null);
  }

  /** Why the store gives nothing (more); empty if it gives a row that cannot be shown. */
  public Optional<Reason> reason() {
    return Optional.ofNullable(reason);
  }
}
