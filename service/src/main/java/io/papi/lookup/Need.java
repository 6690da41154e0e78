package io.papi.lookup;

import static java.util.Objects.requireNonNull;

/**
 * What a caller needs of an answer.
 *
 * @param asked when the caller asked, a reading of the process's {@link Ticker}: what counts as now
 *     for a layer that answers at once
 * @param notOlderThan a reading of the process's {@link Ticker}: a row that was read before it does
 *     not satisfy the caller, but is better than none
 * @param deadline when the caller's wait ends
 * @param priority whether somebody waits for it
 * @param requester who asks
 * @param budget what ids that start a load are taken from
 */
public record Need(
    long asked,
    long notOlderThan,
    Deadline deadline,
    Priority priority,
    Requester requester,
    Budget budget) {

  /** Whether somebody waits. */
  public enum Priority {
    /** A caller who waits for the answer. */
    CALLER,
    /**
     * A row read ahead of its end, for which nobody waits: it uses what is idle, and is the first
     * to be dropped.
     */
    REFRESH
  }

  public Need {
    requireNonNull(deadline, "deadline is null");
    requireNonNull(priority, "priority is null");
    requireNonNull(requester, "requester is null");
    requireNonNull(budget, "budget is null");
  }

  /** A caller's need. */
  public Need(
      long asked, long notOlderThan, Deadline deadline, Requester requester, Budget budget) {
    this(asked, notOlderThan, deadline, Priority.CALLER, requester, budget);
  }

  /** The need of this service, for which its own threads wait. */
  public Need(long asked, long notOlderThan, Deadline deadline) {
    this(asked, notOlderThan, deadline, Priority.CALLER);
  }

  /** The need of this service. */
  public Need(long asked, long notOlderThan, Deadline deadline, Priority priority) {
    this(asked, notOlderThan, deadline, priority, Requester.SERVICE, Budget.UNLIMITED);
  }

  /** Whether what was read at {@code readAt} is young enough. */
  public boolean isMetBy(long readAt) {
    return readAt - notOlderThan >= 0;
  }

  /** The same need, to be met only by what was read after {@code readAt}. */
  public Need youngerThan(long readAt) {
    return readAt + 1 - notOlderThan > 0 ? notOlderThan(readAt + 1) : this;
  }

  /** The same need, to be met by what was not read before {@code oldest}. */
  public Need notOlderThan(long oldest) {
    return new Need(asked, oldest, deadline, priority, requester, budget);
  }

  /** The same need with {@code other} as its deadline where that comes first. */
  public Need within(Deadline other) {
    return new Need(asked, notOlderThan, deadline.earlier(other), priority, requester, budget);
  }
}
