package io.papi;

import java.util.concurrent.CompletableFuture;
import org.slf4j.LoggerFactory;

/**
 * Ends this process in order when the one that started it has ended, where the system property
 * {@code papi.ends-with-parent} says so.
 *
 * <p>For a start by Maven, which ends at a signal without telling what it runs: else {@code kill}
 * of it would leave a service behind.
 */
final class ParentWatch {
  private static final String PROPERTY = "papi.ends-with-parent";

  private ParentWatch() {}

  /** Begins to watch, if it is to. */
  static void start() {
    if (Boolean.getBoolean(PROPERTY)) {
      ProcessHandle.current().parent().map(ProcessHandle::onExit).ifPresent(ParentWatch::endAfter);
    }
  }

  /** By a thread of its own: an exit waits for the end of all that is open. */
  private static void endAfter(CompletableFuture<ProcessHandle> parent) {
    Thread.ofPlatform()
        .daemon()
        .name("parent-watch")
        .start(
            () -> {
              parent.join();
              LoggerFactory.getLogger(ParentWatch.class)
                  .info("ending: what started this process has ended");
              System.exit(0);
            });
  }
}
