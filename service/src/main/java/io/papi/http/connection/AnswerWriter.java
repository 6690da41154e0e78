package io.papi.http.connection;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import io.papi.http.exchange.Body;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A writer that puts a body behind the head which the server writes, in one exact array, or lets an
 * answer end with its head. Of the connection's thread.
 *
 * <p>A large answer is written in pieces: whoever looks whether its caller takes it sees that each
 * of them is taken.
 */
final class AnswerWriter implements DataWriter {
  static final int PIECE_BYTES = 256 * 1024;

  private static final byte[] HEAD_END = {'\r', '\n', '\r', '\n'};

  private final DataWriter writer;

  /** What goes with the next head. */
  private @Nullable Body next;

  private boolean headAlone;

  AnswerWriter(DataWriter writer) {
    this.writer = writer;
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

  /** Whether the next answer ends with its head, even if the server makes a body for it. */
  void endWithHead(boolean headAlone) {
    this.headAlone = headAlone;
  }

  @Override
  public void write(BufferData... buffers) {
    writer.write(buffers);
  }

  @Override
  public void write(BufferData buffer) {
    Body body = next;
    if (body == null) {
      writer.write(headAlone ? headOf(buffer) : buffer);
      return;
    }
    next = null;
    byte[] whole = whole(buffer, body);
    for (int written = 0; written < whole.length; written += PIECE_BYTES) {
      int length = Math.min(PIECE_BYTES, whole.length - written);
      writer.write(BufferData.create(whole, written, length));
    }
  }

  @Override
  public void writeNow(BufferData... buffers) {
    writer.writeNow(buffers);
  }

  @Override
  public void writeNow(BufferData buffer) {
    writer.writeNow(buffer);
  }

  @Override
  public void flush() {
    writer.flush();
  }

  private static byte[] whole(BufferData head, Body body) {
    int length = head.available();
    byte[] whole = new byte[length + body.length()];
    head.read(whole, 0, length);
    body.copyTo(whole, length);
    return whole;
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
}
