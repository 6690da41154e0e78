package io.papi.store;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.papi.lookup.Ticker;
import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the log how the statements of a dataset or query go: a line when they begin to fail, or
 * to fail in another way, and one when they are well again. Failures that come and go are told once
 * a minute. It shows what is safe: a driver's message may carry the statement or a secret.
 * Thread-safe.
 */
final class StoreLog {
  private static final Logger LOG = LoggerFactory.getLogger(StoreLog.class);
  private static final long AGAIN_NANOS = Duration.ofMinutes(1).toNanos();

  private final String subject;
  private final Ticker ticker;

  /** How it failed when that was last told. */
  @GuardedBy("this")
  private String told = "";

  @GuardedBy("this")
  private long toldAt;

  /** Whether the end of what was told is still to be told. */
  @GuardedBy("this")
  private boolean isOpen;

  /**
   * @param subject what fails, as in "dataset customer"
   */
  StoreLog(String subject, Ticker ticker) {
    this.subject = subject;
    this.ticker = ticker;
  }

  void failed(SQLException failure) {
    SQLException cause = failure;
    while (cause.getCause() instanceof SQLException inner) {
      // The pool's "no connection" says why in what it wraps.
      cause = inner;
    }
    if (cause instanceof SQLInvalidAuthorizationSpecException) {
      // Whoever signs in says that, once for all of them.
      return;
    }
    failed(
        "%s: the store failed: %s, SQL state %s, code %d"
            .formatted(
                subject,
                cause.getClass().getSimpleName(),
                cause.getSQLState(),
                cause.getErrorCode()));
  }

  void failed(SchemaMismatchException mismatch) {
    failed(String.valueOf(mismatch.getMessage()));
  }

  void failed(RuntimeException failure) {
    failed(subject + ": the driver failed: " + failure.getClass().getName());
  }

  synchronized void wentWell() {
    if (isOpen) {
      isOpen = false;
      LOG.info("{}: the store answers again", subject);
    }
  }

  private synchronized void failed(String how) {
    long now = ticker.nanos();
    boolean isTold = how.equals(told) && (isOpen || now - toldAt < AGAIN_NANOS);
    if (!isTold) {
      told = how;
      toldAt = now;
      isOpen = true;
      LOG.warn("{}", how);
    }
  }
}
