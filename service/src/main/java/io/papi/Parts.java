package io.papi;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a service has opened, to be closed once and in reverse order. That may happen while it is
 * still starting: then whatever is opened later is closed at once, and the start ends. Thread-safe.
 *
 * <p>Anything that would outlive the process, above all another process, is added before it is
 * opened.
 */
final class Parts implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Parts.class);

  @GuardedBy("this")
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  private volatile boolean closing;

  /** The start goes no further: closing has begun. */
  static final class ClosedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ClosedException() {
      super("the service is closing");
    }
  }

  /**
   * Adds a part.
   *
   * @throws ClosedException if closing has begun; the part has been closed then
   */
  synchronized <T extends AutoCloseable> T add(T part) {
    if (closing) {
      close(part);
      throw new ClosedException();
    }
    opened.push(part);
    return part;
  }

  /**
   * Does nothing while the service is open.
   *
   * @throws ClosedException if closing has begun
   */
  void checkOpen() {
    if (closing) {
      throw new ClosedException();
    }
  }

  /** Closes all parts; returns when they are closed, whoever closes them. */
  @Override
  public void close() {
    closing = true;
    synchronized (this) {
      while (!opened.isEmpty()) {
        close(opened.pop());
      }
    }
  }

  private static void close(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      LOG.warn("a part did not close", e);
    }
  }
}
