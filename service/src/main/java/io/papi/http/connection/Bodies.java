package io.papi.http.connection;

import io.helidon.http.HttpPrologue;
import io.helidon.http.Method;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Which requests of a port may have a body, and how much memory all bodies may take that are being
 * read or have not been answered. Thread-safe.
 */
public final class Bodies {
  private final Set<String> paths;
  private final long maxBytes;
  private final AtomicLong held = new AtomicLong();

  /**
   * @param paths as they are sent, whose POST has a body
   * @param maxBytes of all of them
   */
  public Bodies(Set<String> paths, long maxBytes) {
    this.paths = Set.copyOf(paths);
    this.maxBytes = maxBytes;
  }

  /** A port whose requests have none. */
  public static Bodies none() {
    return new Bodies(Set.of(), 0);
  }

  boolean areTaken(HttpPrologue prologue) {
    return prologue.method().equals(Method.POST) && paths.contains(prologue.uriPath().rawPath());
  }

  /** Takes room for so many bytes; returns whether there is. */
  boolean hold(int bytes) {
    if (held.addAndGet(bytes) <= maxBytes) {
      return true;
    }
    held.addAndGet(-bytes);
    return false;
  }

  void release(int bytes) {
    held.addAndGet(-bytes);
  }
}
