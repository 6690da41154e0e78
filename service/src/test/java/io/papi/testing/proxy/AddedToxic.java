package io.papi.testing.proxy;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A toxic at work in one direction of a proxy, until it is closed. Thread-safe. */
public final class AddedToxic implements AutoCloseable {
  private final Toxic toxic;
  private final List<AddedToxic> direction;
  private final CountDownLatch removed = new CountDownLatch(1);

  AddedToxic(Toxic toxic, List<AddedToxic> direction) {
    this.toxic = toxic;
    this.direction = direction;
    direction.add(this);
  }

  Toxic toxic() {
    return toxic;
  }

  /** Waits for {@code nanos}, or until this is closed; whether it is still at work. */
  boolean lasts(long nanos) throws InterruptedException {
    return !removed.await(nanos, TimeUnit.NANOSECONDS);
  }

  /** Removes it: what it held back goes on. */
  @Override
  public void close() {
    direction.remove(this);
    removed.countDown();
  }
}
