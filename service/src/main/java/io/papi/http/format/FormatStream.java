package io.papi.http.format;

import io.papi.rows.RowSink;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * Rows in one format, sent as they come. Its memory does not grow with their number. Of one answer
 * and one thread.
 */
public final class FormatStream {
  private final RowWriter writer;
  private final Utf8Buffer buffer;
  private boolean hasSent;

  /**
   * @param buffer what {@code writer} writes to
   */
  FormatStream(RowWriter writer, Utf8Buffer buffer) {
    this.writer = writer;
    this.buffer = buffer;
  }

  /** Writes what comes before the first row. */
  public void begin(List<String> columns) {
    writer.begin(columns);
  }

  /** Takes the rows. */
  public RowSink rows() {
    return writer;
  }

  /** Writes what comes after the last row. */
  public void end() {
    writer.end();
  }

  /**
   * Sends what has been written.
   *
   * @return the number of bytes
   */
  public int send(OutputStream out) throws IOException {
    writer.flush();
    int length = buffer.length();
    hasSent = true;
    buffer.writeTo(out);
    buffer.clear();
    out.flush();
    return length;
  }

  /** Whether anything was to be sent, be it in vain. */
  public boolean hasSent() {
    return hasSent;
  }
}
