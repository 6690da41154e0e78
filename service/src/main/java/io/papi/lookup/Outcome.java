package io.papi.lookup;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** What became of one key. Immutable. */
public sealed interface Outcome {

  /** The store has answered. Only this may be kept. */
  sealed interface Known extends Outcome {

    /** The {@link Ticker} reading just before the statement that read it was sent. */
    long readAt();

    Origin origin();

    /** The same, with another origin. */
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

  /** There is no row with this key. */
  record Absent(long readAt, Origin origin) implements Known {

    public Absent {
      requireNonNull(origin, "origin is null");
    }

    @Override
    public Absent from(Origin other) {
      return new Absent(readAt, other);
    }
  }

  /**
   * The store has answered, and what it said about this key cannot be shown: a row with a value
   * that has no form in JSON, two rows, a row of another key, or more rows than an answer may have.
   * It is not a failure of the store, and does not mean that there is no such row.
   *
   * <p>An older row does not stand in for it: that is for a store that cannot answer.
   */
  record Unreadable(long readAt, Origin origin, Fault fault) implements Known {

    public Unreadable {
      requireNonNull(origin, "origin is null");
      requireNonNull(fault, "fault is null");
    }

    /** One with a value that cannot be shown. */
    public Unreadable(long readAt, Origin origin) {
      this(readAt, origin, Fault.VALUE);
    }

    @Override
    public Unreadable from(Origin other) {
      return new Unreadable(readAt, other, fault);
    }
  }

  /** Why what the store said cannot be shown. */
  enum Fault {
    /** A value without a form in JSON, two rows of one key, or a row of another key. */
    VALUE,
    /** The answer is larger than it may be. */
    TOO_LARGE
  }

  /** Nothing is known: never to be shown as "there is no row". */
  record Unavailable(Reason reason) implements Outcome {

    public Unavailable {
      requireNonNull(reason, "reason is null");
    }

    /** This outcome for each of {@code keys}. */
    public Map<Key, Outcome> forAll(Collection<Key> keys) {
      Map<Key, Outcome> outcomes = HashMap.newHashMap(keys.size());
      for (Key key : keys) {
        outcomes.put(key, this);
      }
      return outcomes;
    }
  }

  /** Why nothing is known. */
  enum Reason {
    /** The caller's deadline passed first. */
    DEADLINE,
    /** A bound was reached: too many ids wait already, or a refresh found nothing idle. */
    OVERLOADED,
    /** The caller has had as many ids read from the store as it may for now. */
    OVER_BUDGET,
    /** A statement of one dataset failed or took too long; those of others may succeed. */
    STORE_FAILED,
    /** No statement of any dataset can run: no connection, no sign-in, or a server that refuses. */
    STORE_UNREACHABLE,
    /** The store has failed so often that it is left alone for now. */
    STORE_BYPASSED,
    /** What two statements of the store said contradicts itself: the rows change too fast. */
    CONTRADICTED,
    /** The store's answer does not have the dataset's columns or types. */
    SCHEMA_MISMATCH,
    /** The service is closing, or the waiting thread was interrupted. */
    CLOSED
  }
}
