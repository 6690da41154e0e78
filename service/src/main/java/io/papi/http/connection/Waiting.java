package io.papi.http.connection;

import io.papi.lookup.Ticker;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Since when a connection has been waiting for its caller. Written by the connection's thread, read
 * by any.
 *
 * <p>The caller owes a head from the start, and from the moment at which the reader wants more
 * bytes while it holds the beginning of one: of a request line, or a whole one without the end of
 * its headers. A reader that wants bytes and holds none is idle.
 */
final class Waiting {
  private static final long NOTHING = 0;

  private final Ticker ticker;

  /** A reading of the ticker, or {@link #NOTHING}. */
  private volatile long owedSince;

  /** A reading of the ticker, or {@link #NOTHING}. Written without a fence: nobody waits for it. */
  private final AtomicLong idleSince;

  Waiting(Ticker ticker) {
    this.ticker = ticker;
    long now = ticker.nanos() | 1;
    this.owedSince = now;
    this.idleSince = new AtomicLong(now);
  }

  /** More bytes of a head are wanted. */
  void owed() {
    if (owedSince == NOTHING) {
      owedSince = ticker.nanos() | 1;
    }
  }

  /** A whole head has been read. */
  void paid() {
    if (owedSince != NOTHING) {
      owedSince = NOTHING;
    }
  }

  /** The next request is waited for. */
  void idle() {
    idleSince.setOpaque(ticker.recentNanos() | 1);
  }

  /** Bytes have come, or the connection has failed. */
  void busy() {
    idleSince.setOpaque(NOTHING);
  }

  /** Since when it is idle, or has said nothing yet: a reading of the ticker; 0 if it is not. */
  long idleSince() {
    return idleSince.getOpaque();
  }

  /** Whether a head has been owed for longer than {@code patience} nanoseconds. */
  boolean isHeadLate(long now, long patience) {
    return isLonger(owedSince, now, patience);
  }

  /** Whether it has been idle for longer than {@code patience} nanoseconds. */
  boolean isIdleLate(long now, long patience) {
    return isLonger(idleSince(), now, patience);
  }

  private static boolean isLonger(long since, long now, long patience) {
    return since != NOTHING && now - since > patience;
  }
}
