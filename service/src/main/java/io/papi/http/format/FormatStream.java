package io.papi.http.format;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * Rows in one format, written as they come. Its memory does not grow with their number. Of one
 * answer and one thread.
 */
public final class FormatStream {
  private static final int USUAL_BYTES = 32 * 1024;

  private final RowWriter writer;
  private final OutputStream out;
  private final Utf8Buffer buffer = new Utf8Buffer(USUAL_BYTES);
  private long bytes;

  FormatStream(RowWriter writer, OutputStream out) {
    this.writer = writer;
    this.out = out;
  }

  /** Writes what comes before the first row. */
  public void begin(List<String> columns) throws IOException {
    writer.begin(columns, buffer);
  }

  /**
   * Writes rows, and sends what has been written.
   *
   * @param rows a JSON array of objects
   */
  public void write(byte[] rows) throws IOException {
    writer.rows(rows, buffer);
    send();
  }

  /** Writes what comes after the last row, and sends it. */
  public void end() throws IOException {
    writer.end(buffer);
    send();
  }

  /** The bytes that have been sent. */
  public long bytes() {
    return bytes;
  }

  private void send() throws IOException {
    bytes += buffer.length();
    buffer.writeTo(out);
    buffer.clear();
    out.flush();
  }
}
