package io.papi.cache.redis;

import io.papi.lookup.Deadline;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A thread that wants to read, and waits for its turn or for its values. Thread-safe.
 *
 * <p>It names no keys if it comes for the connection's upkeep, which reads nothing but needs the
 * turn.
 */
final class WaitingRead {

  private enum State {
    WAITS,
    HAS_TURN,
    GAVE_UP
  }

  final byte[][] names;

  /** The room that it takes in an exchange. */
  final int weight;

  /** By when it must be over, if it has the turn. */
  final Deadline deadline;

  /** By when its turn must have come. */
  final Deadline turnBy;

  /** Whether it waits for another reader to say that its turn has passed, and sets no timer. */
  final boolean patient;

  private final Thread reader = Thread.currentThread();
  private final AtomicReference<State> state = new AtomicReference<>(State.WAITS);
  private volatile @Nullable Reply reply;

  /** Of the current thread. */
  WaitingRead(byte[][] names, int weight, Deadline deadline, Deadline turnBy, boolean patient) {
    this.names = names;
    this.weight = weight;
    this.deadline = deadline;
    this.turnBy = turnBy;
    this.patient = patient;
  }

  boolean hasTurn() {
    return state.get() == State.HAS_TURN;
  }

  /** What another reader brought or told; null as long as nobody has. */
  @Nullable Reply reply() {
    return reply;
  }

  /** Gives it the turn, unless it has given up. */
  boolean giveTurn() {
    if (state.compareAndSet(State.WAITS, State.HAS_TURN)) {
      LockSupport.unpark(reader);
      return true;
    }
    return false;
  }

  /** Ends waiting, unless it has been given the turn. */
  boolean giveUp() {
    return state.compareAndSet(State.WAITS, State.GAVE_UP);
  }

  void answer(Reply brought) {
    reply = brought;
    LockSupport.unpark(reader);
  }
}
