package io.papi.http.connection;

import io.papi.lookup.Ticker;

/**
 * Gives way to the threads that could run, before a connection asks for its next request. Of the
 * connection's thread.
 *
 * <p>By the time they are through it has mostly come. One that has not makes its thread park and a
 * poller wake it, which costs as much as the answer to a hit. But threads that a poller wakes run
 * only once nobody gives way any more: so after a while this one asks for its request first.
 */
final class Courtesy {
  /** The time after which others no longer go first, once. */
  private static final long MAX_GIVEN_NANOS = 500_000;

  private final Ticker ticker;

  /** The time for which others have gone first. */
  private long givenNanos;

  Courtesy(Ticker ticker) {
    this.ticker = ticker;
  }

  @SuppressWarnings("ThreadPriorityCheck") // nothing but speed rests on it
  void letOthersGoFirst() {
    if (givenNanos < MAX_GIVEN_NANOS) {
      long from = ticker.recentNanos();
      Thread.yield();
      givenNanos += ticker.recentNanos() - from;
    } else {
      givenNanos = 0;
    }
  }
}
