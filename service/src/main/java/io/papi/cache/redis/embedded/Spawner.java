package io.papi.cache.redis.embedded;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The one place that starts Redis processes and makes their directory, so that whoever closes it
 * knows that none is left and none will come. Opens nothing before it is asked to. Thread-safe.
 */
final class Spawner implements AutoCloseable {
  private final Path temporary;
  private final CountDownLatch closed = new CountDownLatch(1);

  @GuardedBy("this")
  private @Nullable Installation installation;

  @GuardedBy("this")
  private @Nullable RedisProcess last;

  private record Installation(ServiceDirectory directory, Path binary) {}

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
    if (installation == null) {
      installation = install();
    }
    RedisProcess process = RedisProcess.spawn(installation.binary);
    last = process;
    return process;
  }

  boolean isClosed() {
    return closed.getCount() == 0;
  }

  /** Waits until it is closed, or {@code max} has passed: false then. */
  boolean awaitClosed(Duration max) throws InterruptedException {
    return closed.await(max.toMillis(), TimeUnit.MILLISECONDS);
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
    if (installation != null) {
      installation.directory.close();
    }
  }

  private Installation install() throws IOException {
    ServiceDirectory directory = ServiceDirectory.create(temporary);
    try {
      return new Installation(directory, directory.extractBinary());
    } catch (IOException | RuntimeException e) {
      directory.close();
      throw e;
    }
  }
}
