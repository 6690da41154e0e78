package io.papi.lookup;

import static java.util.Objects.requireNonNull;

/** What became of one key. Immutable. */
public sealed interface Outcome {

  /** The store has been read: there is a row, or there is none. Only this may be kept. */
  sealed interface Known extends Outcome {

    /** The {@link Ticker} reading just before the statement that read it was sent. */
    long readAt();

    Origin origin();

    /** The same, come by another way. */
    Known from(Origin origin);
  }

  /** There is a row. */
  record Found(Row row, long readAt, Origin origin) implements Known {

    public Found {
      requireNonNull(row, "row is null");
      requireNonNull(origin, "origin is null");
    }

    @Override
    public Found from(Origin other) {
      return new Found(row, readAt, other);
    }
  }

  /** There is no row of this key. */
  record Absent(long readAt, Origin origin) implements Known {

    public Absent {
      requireNonNull(origin, "origin is null");
    }

    @Override
    public Absent from(Origin other) {
      return new Absent(readAt, other);
    }
  }

  /** Nothing is known: never to be shown as "there is no row". */
  record Unavailable(Reason reason) implements Outcome {

    public Unavailable {
      requireNonNull(reason, "reason is null");
    }
  }

  /** Why nothing is known. */
  enum Reason {
    /** The caller's deadline passed first. */
    DEADLINE,
    /** A bound was reached: too many ids wait already, or a refresh found nothing idle. */
    OVERLOADED,
    /** The store failed, or could not be reached. */
    STORE_FAILED,
    /** The store has failed so often that it is not asked for now. */
    STORE_BYPASSED,
    /** The store's answer does not have the dataset's columns or types. */
    SCHEMA_MISMATCH,
    /** The service is closing, or the waiting thread was interrupted. */
    CLOSED
  }
}
