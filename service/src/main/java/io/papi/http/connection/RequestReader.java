package io.papi.http.connection;

import io.helidon.common.buffers.DataReader;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * The bytes of a connection as the server reads them, request after request: empty lines before a
 * request are skipped, and its first line is checked before the server takes it apart.
 *
 * <p>It relies on the way the server reads a head: it looks for the end of the first line, takes
 * that line as bytes, and then each header's name as text. Of the connection's thread.
 */
final class RequestReader extends DataReader {
  private static final byte[] HEAD = {'H', 'E', 'A', 'D', ' '};

  /** More than these are no client's mistake. */
  private static final int MAX_EMPTY_LINES = 8;

  /** What of a request is being read. */
  private enum Part {
    LINE,
    HEADERS,
    BODY
  }

  private Part part = Part.LINE;

  /** Empty lines before the next request. */
  private int emptyLines;

  private boolean head;

  @SuppressWarnings(
      "removal") // of a constructor: another way to a reader of one's own there is not
  RequestReader(Supplier<byte[]> bytes) {
    super(bytes);
  }

  /**
   * Whether nothing of a request has come: nothing at all, or one empty line, which old clients
   * send after a request.
   */
  boolean isIdle() {
    return part == Part.LINE && emptyLines <= 1 && available() == 0;
  }

  /** Whether the request that was read last is one whose answer has no body. */
  boolean isHead() {
    return head;
  }

  /** A request's headers have been read: what follows is its body, if it has one. */
  void headersRead() {
    part = Part.BODY;
  }

  /** A request's body has been read, if it has one: what follows is the next request. */
  void bodyRead() {
    part = Part.LINE;
  }

  @Override
  public int findNewLine(int max) {
    if (part == Part.LINE) {
      head = false;
      while (emptyLines < MAX_EMPTY_LINES && startsWithNewLine()) {
        skip(2);
        emptyLines++;
      }
    }
    return super.findNewLine(max);
  }

  @Override
  public byte[] readBytes(int length) {
    byte[] bytes = super.readBytes(length);
    if (part != Part.LINE) {
      return bytes;
    }
    part = Part.HEADERS;
    emptyLines = 0;
    head = bytes.length > HEAD.length && Arrays.equals(bytes, 0, HEAD.length, HEAD, 0, HEAD.length);
    return RequestLine.checked(bytes);
  }

  @Override
  public String readAsciiString(int length) {
    if (length == 0) {
      // The server would go on with a header that has no name.
      throw new IllegalArgumentException("a header without a name");
    }
    return super.readAsciiString(length);
  }
}
