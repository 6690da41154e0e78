package io.papi.testing;

import java.io.IOException;
import java.io.UncheckedIOException;

/** A process that is stopped, until this is closed. */
public final class Frozen implements AutoCloseable {
  private final long pid;

  public Frozen(long pid) {
    this.pid = pid;
    signal("-STOP");
  }

  @Override
  public void close() {
    signal("-CONT");
  }

  private void signal(String signal) {
    try {
      Process kill = new ProcessBuilder("kill", signal, Long.toString(pid)).start();
      if (kill.waitFor() != 0) {
        throw new IllegalStateException("kill " + signal + " " + pid + " was refused");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
