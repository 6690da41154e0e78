package io.papi.http.connection;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A writer that lets another thread see when its caller does not take what is being sent.
 *
 * <p>The connection's thread alone writes, and one thread alone looks. A write does not read the
 * clock: it only counts, and the looking thread knows when it first saw a count.
 */
final class WatchedWriter implements DataWriter {
  private final DataWriter writer;

  /** Begins and ends of writes: odd while there is one. */
  private final AtomicLong steps = new AtomicLong();

  /** What was seen at the last look, and when it was first seen. Of the looking thread. */
  private long seenSteps;

  private long seenSince;

  WatchedWriter(DataWriter writer) {
    this.writer = writer;
  }

  /**
   * Whether one write has been seen under way for longer than {@code patience} nanoseconds.
   *
   * @param now a reading of the ticker
   */
  boolean isLate(long now, long patience) {
    long current = steps.get();
    if (current != seenSteps) {
      seenSteps = current;
      seenSince = now;
    }
    return current % 2 != 0 && now - seenSince > patience;
  }

  /** Runs {@code writing}, which writes by itself. */
  void watched(Runnable writing) {
    step();
    try {
      writing.run();
    } finally {
      step();
    }
  }

  @Override
  public void write(BufferData... buffers) {
    step();
    try {
      writer.write(buffers);
    } finally {
      step();
    }
  }

  @Override
  public void write(BufferData buffer) {
    step();
    try {
      writer.write(buffer);
    } finally {
      step();
    }
  }

  @Override
  public void writeNow(BufferData... buffers) {
    step();
    try {
      writer.writeNow(buffers);
    } finally {
      step();
    }
  }

  @Override
  public void writeNow(BufferData buffer) {
    step();
    try {
      writer.writeNow(buffer);
    } finally {
      step();
    }
  }

  @Override
  public void flush() {
    writer.flush();
  }

  /** Without a fence: nobody waits to see it. */
  private void step() {
    steps.lazySet(steps.getPlain() + 1);
  }
}
