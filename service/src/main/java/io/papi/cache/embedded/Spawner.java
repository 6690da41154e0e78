package io.papi.cache.embedded;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The one place from which Redis processes and their directory come, so that whoever closes it
 * knows that none is left and that none will come. Opens nothing before it is asked to.
 * Thread-safe.
 */
final class Spawner implements AutoCloseable {
  private final Path temporary;
  private final CountDownLatch closed = new CountDownLatch(1);

  @GuardedBy("this")
  private @Nullable Nest nest;

  @GuardedBy("this")
  private @Nullable RedisProcess last;

  private record Nest(Burrow burrow, Path binary) {}

  Spawner(Path temporary) {
    this.temporary = temporary;
  }

  /**
   * Starts a process, which does not serve yet.
   *
   * @throws IOException if it can't be started, or this is closed
   */
  synchronized RedisProcess spawn() throws IOException {
    if (isClosed()) {
      throw new IOException("closed");
    }
    if (nest == null) {
      nest = makeNest();
    }
    RedisProcess process = RedisProcess.spawn(nest.binary);
    last = process;
    return process;
  }

  boolean isClosed() {
    return closed.getCount() == 0;
  }

  /** Waits so long; at once true when closed. */
  boolean awaitClosed(Duration most) throws InterruptedException {
    return closed.await(most.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Ends the process, and removes what it left on disk. */
  @Override
  public synchronized void close() {
    if (isClosed()) {
      return;
    }
    closed.countDown();
    if (last != null) {
      last.end();
    }
    if (nest != null) {
      nest.burrow.close();
    }
  }

  private Nest makeNest() throws IOException {
    Burrow burrow = Burrow.dig(temporary);
    try {
      return new Nest(burrow, burrow.extractBinary());
    } catch (IOException | RuntimeException e) {
      burrow.close();
      throw e;
    }
  }
}
