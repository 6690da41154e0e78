package io.papi.http.connection;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import io.papi.http.exchange.Body;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A writer of which another thread can see that its caller does not take what is being sent.
 *
 * <p>The connection's thread alone writes, and one thread alone looks. A write reads no clock: it
 * only counts, and the one who looks knows when it first saw a count.
 *
 * <p>What is sent of an answer is made here too: the server's head and the body behind it, in one
 * exact array.
 */
final class WatchedWriter implements DataWriter {
  private static final byte[] HEAD_END = {'\r', '\n', '\r', '\n'};

  private final DataWriter writer;

  /** Begins and ends of writes: odd while there is one. */
  private final AtomicLong steps = new AtomicLong();

  /** What was seen at the last look, and when it was first seen. Of the looking thread. */
  private long seenSteps;

  private long seenSince;

  /** What goes with the next head. Of the connection's thread. */
  private @Nullable Body next;

  /** Of the connection's thread. */
  private boolean headAlone;

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

  /**
   * Runs {@code send}, and puts {@code body} behind the head that the server writes in it. If it
   * fails before that, the body goes with no other.
   */
  void sendWith(Body body, Runnable send) {
    next = body;
    try {
      send.run();
    } finally {
      next = null;
    }
  }

  /** Whether the next answer ends with its head, be it that the server makes a body for it. */
  void endWithHead(boolean headAlone) {
    this.headAlone = headAlone;
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
    BufferData whole = whole(buffer);
    step();
    try {
      writer.write(whole);
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

  private BufferData whole(BufferData head) {
    Body body = next;
    if (body == null) {
      return headAlone ? headOf(head) : head;
    }
    next = null;
    int length = head.available();
    byte[] whole = new byte[length + body.length()];
    head.read(whole, 0, length);
    body.copyTo(whole, length);
    return BufferData.create(whole);
  }

  private static BufferData headOf(BufferData answer) {
    byte[] bytes = answer.readBytes();
    int end = Math.min(HEAD_END.length, bytes.length);
    while (end < bytes.length
        && !Arrays.equals(bytes, end - HEAD_END.length, end, HEAD_END, 0, HEAD_END.length)) {
      end++;
    }
    return BufferData.create(bytes, 0, end);
  }

  /** Without a fence: nobody waits to see it. */
  private void step() {
    steps.lazySet(steps.getPlain() + 1);
  }
}
