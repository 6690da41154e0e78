package io.papi.cache.redis;

import io.papi.cache.redis.clock.Stamp;
import io.papi.lookup.Outcome.Fault;
import io.papi.lookup.Row;

/** What a value in Redis turned out to be. Immutable. */
sealed interface Decoded {

  /** A value that is whole and belongs to the key that was asked. */
  sealed interface Sound extends Decoded {

    /** When the statement that read it was sent. */
    Stamp stamp();
  }

  /** There was a row. */
  record Kept(Row row, Stamp stamp) implements Sound {}

  /** There was no row. */
  record KeptAbsence(Stamp stamp) implements Sound {}

  /** There was a row that cannot be shown. */
  record KeptUnreadable(Fault fault, Stamp stamp) implements Sound {}

  /** A value that must not be used. */
  enum Garbage implements Decoded {
    /** Shorter than any value. */
    TOO_SHORT,
    /** Of another format, or not ours at all. */
    FORMAT,
    /** Cut, garbled, or another key's. */
    CHECKSUM,
    /** Whole, but of no kind that there is. */
    KIND
  }
}
