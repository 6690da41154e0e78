package io.papi.http.connection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpPrologue;
import io.helidon.http.Method;
import io.helidon.http.RequestException;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.CloseConnectionException;
import io.papi.http.exchange.ProtocolLimits;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any bytes as a body in chunks, in one piece and one by one: taken, refused as a caller's fault,
 * or cut off. And bytes as what the chunks hold: they come out as they went in, and what follows
 * them is left. A plain run tries the seeds alone.
 */
class BodyReaderFuzzTest {
  private static final HttpPrologue POST =
      HttpPrologue.create("HTTP/1.1", "HTTP", "1.1", Method.POST, "/customer", false);
  private static final byte[] NEXT = "GET / HTTP/1.1\r\n".getBytes(US_ASCII);

  static Stream<Arguments> seeds() {
    return Stream.of(
            "",
            "b\r\n{\"ids\":[1]}\r\n0\r\n\r\n",
            "1;a=b\r\nx\r\n0;c\r\nX: y\r\n\r\n",
            "1\nx\r\n0\r\n\r\n",
            "1\r\nx0\r\n\r\n",
            "0\r\n: y\r\n\r\n",
            "fffffff\r\n",
            "ffffffffffffffff\r\nx",
            "1;" + "x".repeat(2_000) + "\r\nx\r\n0\r\n\r\n",
            "1\r\nx\r\n".repeat(5_000) + "0\r\n\r\n")
        .map(body -> arguments((Object) body.getBytes(ISO_8859_1)));
  }

  @MethodSource("seeds")
  @FuzzTest
  void read_anyBytes_areTakenOrRefused(byte[] bytes) {
    Queue<byte[]> single = new ArrayDeque<>();
    for (byte each : bytes) {
      single.add(new byte[] {each});
    }
    Optional<String> inOne = read(new RequestReader(pieces(whole(bytes))), chunked());
    Optional<String> oneByOne = read(new RequestReader(pieces(single)), chunked());
    assertThat(oneByOne).isEqualTo(inOne);
  }

  @MethodSource("seeds")
  @ParameterizedTest
  void read_anyBytesInChunks_comeOutAsTheyWentIn(byte[] bytes) {
    if (bytes.length > ProtocolLimits.MAX_BODY_BYTES / 4) {
      return;
    }
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    int size = bytes.length == 0 ? 1 : 1 + (bytes[0] & 0x7f);
    for (int from = 0; from < bytes.length; from += size) {
      int length = Math.min(size, bytes.length - from);
      sent.writeBytes((Integer.toHexString(length) + "\r\n").getBytes(US_ASCII));
      sent.write(bytes, from, length);
      sent.writeBytes("\r\n".getBytes(US_ASCII));
    }
    sent.writeBytes("0\r\n\r\n".getBytes(US_ASCII));
    sent.writeBytes(NEXT);
    RequestReader reader = new RequestReader(pieces(whole(sent.toByteArray())));
    assertThat(read(reader, chunked())).hasValue(new String(bytes, ISO_8859_1));
    assertThat(reader.available()).isEqualTo(NEXT.length);
  }

  /** The body; empty if it is refused or cut off. */
  private static Optional<String> read(RequestReader reader, WritableHeaders<?> headers) {
    Bodies bodies = new Bodies(Set.of("/customer"), ProtocolLimits.MAX_BODY_BYTES);
    reader.headersRead();
    try {
      byte[] body = new BodyReader(bodies, reader, new FakeWriter()).read(POST, headers);
      assertThat(headers.contains(HeaderNames.TRANSFER_ENCODING)).isFalse();
      return Optional.of(new String(body, ISO_8859_1));
    } catch (RequestException e) {
      assertThat(e.status().code()).isIn(400, 413);
      return Optional.empty();
    } catch (CloseConnectionException e) {
      return Optional.empty();
    }
  }

  private static WritableHeaders<?> chunked() {
    WritableHeaders<?> headers = WritableHeaders.create();
    headers.set(HeaderNames.TRANSFER_ENCODING, "chunked");
    return headers;
  }

  private static Queue<byte[]> whole(byte[] bytes) {
    Queue<byte[]> whole = new ArrayDeque<>();
    if (bytes.length > 0) {
      whole.add(bytes);
    }
    return whole;
  }

  private static Supplier<byte[]> pieces(Queue<byte[]> pieces) {
    return () -> {
      byte[] next = pieces.poll();
      if (next == null) {
        throw new CloseConnectionException("cut off");
      }
      return next;
    };
  }
}
