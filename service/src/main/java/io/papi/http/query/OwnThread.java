package io.papi.http.query;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Long work of a request in a thread of the operating system. The threads of connections take turns
 * on a few of those and are not interrupted: rows that are read and written for a millisecond would
 * hold up every lookup that comes meanwhile.
 */
final class OwnThread {
  private OwnThread() {}

  /** Runs {@code work} to its end, which is waited for, and throws what it throws. */
  static void run(String name, Runnable work) {
    FutureTask<Void> task = new FutureTask<>(work, null);
    Thread thread = Thread.ofPlatform().daemon().name(name).start(task);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          task.get();
          return;
        } catch (InterruptedException e) {
          // its connection is closed, so it ends soon
          interrupted = true;
          thread.interrupt();
        } catch (ExecutionException e) {
          switch (e.getCause()) {
            case RuntimeException failure -> throw failure;
            case Error failure -> throw failure;
            case null, default -> throw new IllegalStateException(e);
          }
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
