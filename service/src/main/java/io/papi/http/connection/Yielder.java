package io.papi.http.connection;

import io.papi.lookup.Ticker;

/**
 * Yields to the threads that could run, before a connection asks for its next request. Of the
 * connection's thread.
 *
 * <p>Usually the request has come by the time those threads have run. Where it has not, this thread
 * parks and a poller wakes it, which costs as much as answering a hit. But a poller's threads run
 * only when nobody yields any more: so after a while this one asks for its request first.
 */
final class Yielder {
  /** The time after which it does not yield, once. */
  private static final long MAX_YIELDED_NANOS = 500_000;

  private final Ticker ticker;

  /** The time that has been yielded. */
  private long yieldedNanos;

  Yielder(Ticker ticker) {
    this.ticker = ticker;
  }

  @SuppressWarnings("ThreadPriorityCheck") // nothing but speed rests on it
  void yieldToOthers() {
    if (yieldedNanos < MAX_YIELDED_NANOS) {
      long from = ticker.recentNanos();
      Thread.yield();
      yieldedNanos += ticker.recentNanos() - from;
    } else {
      yieldedNanos = 0;
    }
  }
}
