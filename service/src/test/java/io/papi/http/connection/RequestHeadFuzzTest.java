package io.papi.http.connection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.helidon.http.Header;
import io.helidon.http.HttpPrologue;
import io.helidon.http.RequestException;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http1.Http1Headers;
import io.helidon.webserver.http1.Http1Prologue;
import io.papi.http.exchange.ProtocolLimits;
import io.papi.http.exchange.Refusal;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any bytes as the head of a request, in one piece and one by one: taken, refused as a caller's
 * fault, or cut off; nothing else may come of them. A plain run tries the seeds alone.
 */
class RequestHeadFuzzTest {
  private static final String HEADERS = " HTTP/1.1\r\nHost: papi\r\n\r\n";
  private static final String CUT_OFF = "cut off";

  static Stream<Arguments> seeds() {
    return Stream.of(
            "",
            "\r",
            "\r\n\r\n\r\nGET /customer/1" + HEADERS,
            "\r\n".repeat(40),
            "\nGET /" + HEADERS,
            "GET /customer/1,2?a=%" + HEADERS,
            "GET http://papi:80/customer/%2e%2e" + HEADERS,
            "G@T /" + HEADERS,
            "get /" + HEADERS,
            "OPTIONS *" + HEADERS,
            "GET /;x#y" + HEADERS,
            "GET / HTTP/1.0\r\n\r\n",
            "GET / HTTP/1.1\nHost: papi\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: papi",
            "GET / HTTP/1.1\r\n: v\r\n\r\n",
            "GET / HTTP/1.1\r\nX\r\n\r\n",
            "GET / HTTP/1.1\r\nX: \u0000\u00ff\r\n y\r\n\r\n",
            "GET / HTTP/1.1\r\nConnection:\r\nAccept:\r\nUser-Agent:x\r\n\r\n",
            "GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "GET / HTTP/1.1\r\n" + "X".repeat(ProtocolLimits.MAX_HEADER_BYTES) + ": v\r\n\r\n",
            "GET / HTTP/1.1\r\nX: " + "v".repeat(ProtocolLimits.MAX_HEADER_BYTES - 3) + "\r\n\r\n",
            "GET / HTTP/1.1\r\n" + "X:\r\n".repeat(ProtocolLimits.MAX_HEADER_BYTES / 3) + "\r\n",
            "GET /" + "1".repeat(ProtocolLimits.MAX_REQUEST_LINE_BYTES) + HEADERS)
        .map(head -> arguments((Object) head.getBytes(ISO_8859_1)));
  }

  @MethodSource("seeds")
  @FuzzTest
  void read_anyBytes_areTakenOrRefused(byte[] bytes) {
    Queue<byte[]> whole = new ArrayDeque<>();
    Queue<byte[]> single = new ArrayDeque<>();
    if (bytes.length > 0) {
      whole.add(bytes);
    }
    for (byte each : bytes) {
      single.add(new byte[] {each});
    }
    assertThat(read(single)).isEqualTo(read(whole));
  }

  /** Method and path of what is taken, as {@link WatchedConnection} and the server read it. */
  private static Optional<String> read(Queue<byte[]> pieces) {
    RequestReader reader =
        new RequestReader(
            () -> {
              byte[] piece = pieces.poll();
              if (piece == null) {
                throw new CloseConnectionException(CUT_OFF);
              }
              return piece;
            });
    try {
      HttpPrologue prologue =
          new Http1Prologue(reader, ProtocolLimits.MAX_REQUEST_LINE_BYTES, false).readPrologue();
      WritableHeaders<?> headers =
          new Http1Headers(reader, ProtocolLimits.MAX_HEADER_BYTES, true).readHeaders(prologue);
      RequestHead.check(prologue, headers, new BrowserGuard(new OwnNames(List.of()), false));
      String method = prologue.method().text();
      String path = prologue.uriPath().rawPath();
      assertThat(method).isNotEmpty().isUpperCase().isPrintable();
      assertThat(path).matches("\\*|/(?:[!$&-;=@-Z_a-z~]|%[0-9A-Fa-f]{2})*+");
      assertThat(path.replace("%2e", ".").replace("%2E", ".").split("/")).doesNotContain(".", "..");
      assertThat(headers).extracting(Header::name).doesNotContain("");
      return Optional.of(method + " " + path);
    } catch (RequestException e) {
      assertThat(Refusal.of(e.request(), e.status())).isNotEqualTo(Refusal.FAULT);
      return Optional.empty();
    } catch (CloseConnectionException e) {
      assertThat(e).hasMessage(CUT_OFF);
      return Optional.empty();
    }
  }
}
