package io.papi.http.connection;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helidon.http.RequestException;
import io.helidon.webserver.http1.Http1Headers;
import io.helidon.webserver.http1.Http1Prologue;
import java.util.ArrayDeque;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestReaderTest {
  private static final String REQUEST = "GET /customer/1 HTTP/1.1\r\nHost: papi\r\n\r\n";

  private final Queue<byte[]> pieces = new ArrayDeque<>();
  private final RequestReader reader = new RequestReader(pieces::remove);

  @ParameterizedTest
  @ValueSource(strings = {"", "\r\n", "\r\n\r\n\r\n"})
  void read_emptyLinesBeforeARequest_areSkipped(String lines) {
    for (int request = 0; request < 2; request++) {
      send(lines + REQUEST);
      assertThat(readRequest()).isEqualTo("/customer/1");
    }
    for (char c : (lines + REQUEST).toCharArray()) {
      send(Character.toString(c));
    }
    assertThat(readRequest()).isEqualTo("/customer/1");
  }

  @Test
  void read_emptyLinesWithoutEnd_areRefused() {
    send("\r\n".repeat(1_000));
    assertThatThrownBy(this::readRequest).isInstanceOf(RequestException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "'',true",
    "G,false",
    "'\r',false",
    "'\r\n',true",
    "'\r\n\r\n',false",
    "'\r\nG',false",
    "'GET / HTTP/1.1\r\n',false",
    "'GET / HTTP/1.1\r\nHost: papi\r\n',false",
  })
  void isIdle_moreIsWanted_onlyIfNothingHasBegun(String sent, boolean idle) {
    send(REQUEST);
    readRequest();
    if (!sent.isEmpty()) {
      send(sent);
    }
    assertThatThrownBy(this::readRequest).isInstanceOf(NoSuchElementException.class);
    assertThat(reader.isIdle()).isEqualTo(idle);
  }

  @Test
  void isHead_ofTheRequestThatWasReadLast() {
    send("HEAD /customer/1|2 HTTP/1.1\r\n");
    assertThatThrownBy(this::readRequest).isInstanceOf(RequestException.class);
    assertThat(reader.isHead()).isTrue();
    reader.headersRead();
    reader.bodyRead();
    send("\n");
    assertThatThrownBy(this::readRequest).isInstanceOf(RuntimeException.class);
    assertThat(reader.isHead()).isFalse();
  }

  private String readRequest() {
    var prologue = new Http1Prologue(reader, 1_000, false).readPrologue();
    new Http1Headers(reader, 1_000, true).readHeaders(prologue);
    reader.headersRead();
    reader.bodyRead();
    return prologue.uriPath().rawPath();
  }

  private void send(String piece) {
    pieces.add(piece.getBytes(US_ASCII));
  }
}
