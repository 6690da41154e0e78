package io.papi.cache.redis.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running Redis server. Thread-safe. */
final class RedisProcess {
  private static final Logger LOG = LoggerFactory.getLogger(RedisProcess.class);

  private static final Duration START_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration END_TIMEOUT = Duration.ofSeconds(2);

  /** What the server may see of our environment, which holds secrets. */
  private static final Set<String> ENVIRONMENT =
      Set.of("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SystemRoot", "TEMP", "TMP");

  private final Process process;

  private RedisProcess(Process process) {
    this.process = process;
  }

  /** Starts the server, which waits for its configuration. */
  static RedisProcess spawn(Path binary) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(binary.toString(), "-")
            .directory(binary.resolveSibling(".").toFile())
            .redirectErrorStream(true);
    builder.environment().keySet().retainAll(ENVIRONMENT);
    return new RedisProcess(builder.start());
  }

  /**
   * Gives the server its configuration and waits until it accepts connections; ends it if it does
   * not.
   *
   * @throws IOException with what the server said last, when it does not
   */
  void serve(String configuration) throws IOException {
    try {
      configure(configuration);
      awaitReady();
    } catch (IOException e) {
      end();
      throw e;
    }
  }

  long pid() {
    return process.pid();
  }

  void awaitEnd() throws InterruptedException {
    process.waitFor();
  }

  /** Ends it: asks it to end, and kills it if it does not. */
  void end() {
    process.destroy();
    try {
      if (process.waitFor(END_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
  }

  private void configure(String configuration) {
    try (OutputStream input = process.getOutputStream()) {
      input.write(configuration.getBytes(UTF_8));
    } catch (IOException e) {
      // it has ended already; its output says why
      LOG.debug("the configuration was not read", e);
    }
  }

  private void awaitReady() throws IOException {
    CompletableFuture<String> ready = new CompletableFuture<>();
    Thread.ofVirtual().name("embedded-redis-log").start(() -> readLog(ready));
    try {
      String failure = ready.get(START_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
      if (!failure.isEmpty()) {
        throw new IOException(failure);
      }
    } catch (TimeoutException e) {
      throw new IOException("not ready within " + START_TIMEOUT.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    }
  }

  /** Completes {@code ready} with "", or with what the server said last before it ended. */
  private void readLog(CompletableFuture<String> ready) {
    String last = "it ended without a word";
    try (BufferedReader output = process.inputReader(UTF_8)) {
      String line;
      while ((line = output.readLine()) != null) {
        LOG.debug("{}", line);
        if (line.contains("Ready to accept connections")) {
          ready.complete("");
        }
        if (!line.isBlank()) {
          last = line;
        }
      }
    } catch (IOException e) {
      LOG.debug("its output has ended", e);
    }
    ready.complete(last);
  }
}
