package io.papi.http.connection;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.HttpPrologue;
import io.helidon.http.RequestException;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.http.DirectTransportRequest;
import io.papi.http.exchange.ProtocolLimits;
import io.papi.http.exchange.Refusal;
import java.io.ByteArrayOutputStream;

/**
 * Reads the bodies of a connection's requests, each whole and before its request is routed: so
 * whatever becomes of the request, the next one begins where the body has ended. Of the
 * connection's thread.
 *
 * <p>It is stricter than the server itself, which does not look at what ends a chunk.
 */
final class BodyReader {
  private static final byte[] NOTHING = {};
  private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(US_ASCII);

  /** Of a chunk's size with its extensions, and of a trailer. */
  private static final int MAX_LINE = 1024;

  /** No body may have as many bytes as more digits say. */
  private static final int MAX_SIZE_DIGITS = 7;

  private final Bodies bodies;
  private final RequestReader reader;
  private final DataWriter writer;

  /** The room that the last body has taken. */
  private int held;

  BodyReader(Bodies bodies, RequestReader reader, DataWriter writer) {
    this.bodies = bodies;
    this.reader = reader;
    this.writer = writer;
  }

  /**
   * The body of the request whose head was read last; nothing if it has none. The server, which
   * would read it again, takes the request for one without a body then.
   *
   * @throws RequestException 400, 413 or 503, which closes the connection
   */
  byte[] read(HttpPrologue prologue, WritableHeaders<?> headers) {
    Framing framing = Framing.of(headers);
    if (!bodies.areTaken(prologue)) {
      if (framing instanceof Framing.Chunked) {
        // the server would wait for it after it has answered; all others it refuses by itself
        throw refused(Refusal.BODY, prologue, headers);
      }
      return NOTHING;
    }
    try {
      return switch (framing) {
        case Framing.None _ -> NOTHING;
        case Framing.Length(long bytes) -> {
          if (bytes > ProtocolLimits.MAX_BODY_BYTES) {
            throw new RefusedException(Refusal.LONG_BODY);
          }
          invite(headers);
          byte[] body = readLength((int) bytes);
          headers.remove(HeaderNames.CONTENT_LENGTH);
          yield body;
        }
        case Framing.Chunked _ -> {
          invite(headers);
          byte[] body = readChunks();
          headers.remove(HeaderNames.TRANSFER_ENCODING);
          yield body;
        }
      };
    } catch (RefusedException e) {
      throw refused(e.refusal, prologue, headers);
    }
  }

  /** The last body is not needed any more. */
  void release() {
    if (held > 0) {
      bodies.release(held);
      held = 0;
    }
  }

  /** Tells a caller who waits for that to send the body (RFC 9110, section 10.1.1). */
  private void invite(WritableHeaders<?> headers) {
    if (headers.contains(HeaderValues.EXPECT_100) && reader.available() == 0) {
      writer.writeNow(BufferData.create(CONTINUE));
    }
  }

  private byte[] readLength(int length) throws RefusedException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    readInto(body, length);
    return body.toByteArray();
  }

  private byte[] readChunks() throws RefusedException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    int framing = 0;
    int size;
    do {
      String line = line();
      size = chunkSize(line);
      framing += line.length();
      if (body.size() + (long) size + framing > ProtocolLimits.MAX_BODY_BYTES) {
        throw new RefusedException(Refusal.LONG_BODY);
      }
      readInto(body, size);
      if (size > 0) {
        expect('\r');
        expect('\n');
      }
    } while (size > 0);
    skipTrailers();
    return body.toByteArray();
  }

  /** Nobody here has a use for them; but they must be such as headers are. */
  private void skipTrailers() throws RefusedException {
    int bytes = 0;
    for (String line = line(); !line.isEmpty(); line = line()) {
      bytes += line.length();
      int colon = line.indexOf(':');
      if (colon < 1 || line.substring(0, colon).chars().anyMatch(c -> !isTokenCharacter(c))) {
        throw new RefusedException(Refusal.MALFORMED);
      }
      if (bytes > ProtocolLimits.MAX_HEADER_BYTES) {
        throw new RefusedException(Refusal.LONG_BODY);
      }
    }
  }

  /** Room is taken as bytes come: what a head promises costs nothing. */
  private void readInto(ByteArrayOutputStream body, int length) throws RefusedException {
    int left = length;
    while (left > 0) {
      reader.ensureAvailable();
      int some = Math.min(left, reader.available());
      if (!bodies.hold(some)) {
        throw new RefusedException(Refusal.BODIES);
      }
      held += some;
      body.writeBytes(reader.readBytes(some));
      left -= some;
    }
  }

  /** The size of a chunk, whose extensions mean nothing here. */
  private static int chunkSize(String line) throws RefusedException {
    int end = line.indexOf(';');
    String digits = end < 0 ? line : line.substring(0, end);
    if (digits.isEmpty() || !digits.chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
      throw new RefusedException(Refusal.MALFORMED);
    }
    if (digits.length() > MAX_SIZE_DIGITS) {
      throw new RefusedException(Refusal.LONG_BODY);
    }
    return Integer.parseInt(digits, 16);
  }

  /** A line without its end, which is both characters and never one of them. */
  private String line() throws RefusedException {
    StringBuilder line = new StringBuilder();
    for (byte b = reader.read(); b != '\r'; b = reader.read()) {
      if ((b < ' ' && b != '\t') || b == 0x7f || line.length() == MAX_LINE) {
        throw new RefusedException(Refusal.MALFORMED);
      }
      line.append((char) b);
    }
    expect('\n');
    return line.toString();
  }

  private void expect(char c) throws RefusedException {
    if (reader.read() != c) {
      throw new RefusedException(Refusal.MALFORMED);
    }
  }

  /** RFC 9110, section 5.6.2. */
  private static boolean isTokenCharacter(int c) {
    return (c >= '0' && c <= '9')
        || (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
  }

  private static RequestException refused(
      Refusal refusal, HttpPrologue prologue, WritableHeaders<?> headers) {
    return refusal.of(DirectTransportRequest.create(prologue, headers));
  }

  /** What is wrong with a body. */
  private static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    private final Refusal refusal;

    RefusedException(Refusal refusal) {
      super(refusal.name());
      this.refusal = refusal;
    }
  }
}
