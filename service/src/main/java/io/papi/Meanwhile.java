package io.papi;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * A step of the start that runs beside those that follow it, in a thread of its own. Thread-safe.
 *
 * <p>It is a thread of the system: the step may compute for long, and virtual threads that do so
 * hold up all others. Nobody has to wait for a step: where the start fails, the step opens nothing
 * more, since the parts are closed by then, and the end of the process does not wait for its
 * thread.
 *
 * @param <T> what it results in
 */
final class Meanwhile<T> {
  private final FutureTask<T> step;

  private Meanwhile(FutureTask<T> step) {
    this.step = step;
  }

  /** Begins a step. */
  static <T> Meanwhile<T> begin(String name, Supplier<T> step) {
    FutureTask<T> task = new FutureTask<>(step::get);
    Thread.ofPlatform().daemon().name(name).start(task);
    return new Meanwhile<>(task);
  }

  /** Waits for its end; returns its result, or throws what it threw. */
  T result() {
    return result(step::get);
  }

  /** Waits for its end, but no longer than {@code atMost}; empty if it has not ended by then. */
  Optional<T> resultWithin(Duration atMost) {
    return result(
        () -> {
          try {
            return Optional.of(step.get(atMost.toNanos(), TimeUnit.NANOSECONDS));
          } catch (TimeoutException e) {
            return Optional.empty();
          }
        });
  }

  private interface Wait<R> {
    R end() throws ExecutionException, InterruptedException;
  }

  private static <R> R result(Wait<R> wait) {
    try {
      return wait.end();
    } catch (ExecutionException e) {
      switch (requireNonNull(e.getCause())) {
        case RuntimeException failure -> throw failure;
        case Error failure -> throw failure;
        case Throwable other -> throw new IllegalStateException(other);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the service was starting", e);
    }
  }
}
